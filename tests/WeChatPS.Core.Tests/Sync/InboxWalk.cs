using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.Sync;

/// <summary>An inbox on disk and beside it what it should be, by a model too simple to be wrong. Every step checks one against the other.</summary>
internal sealed class InboxWalk : IDisposable
{
    private sealed record Letter(ulong Id, long Sequence)
    {
        public int Given { get; set; }

        public bool IsDone { get; set; }
    }

    private readonly List<Letter> _letters = [];
    private readonly List<SyncBatch> _history = [];
    private InboxFolder _folder = new();
    private Inbox _inbox;
    private int _position;
    private Letter? _unwritten;

    public InboxWalk()
    {
        _inbox = _folder.Open();
        _inbox.StartLogin(1, new SyncCursor("k0"));
    }

    public void Step(byte choice)
    {
        int detail = choice / 8;
        switch (choice % 8)
        {
            case 0:
                Append(replayed: 0, fresh: detail % 4);
                break;
            case 1:
                Append(replayed: detail % 5, fresh: detail % 2);
                break;
            case 2 or 3:
                Take();
                break;
            case 4:
                HandOver(detail);
                break;
            case 5:
                _inbox.Rewind();
                (_position, _unwritten) = (0, null);
                break;
            case 6:
                _inbox.Dispose();
                _unwritten = null;
                Reopen();
                break;
            default:
                Kill();
                break;
        }

        Assert.Equal(_letters.Count(letter => !letter.IsDone), _inbox.Pending);
        Assert.Equal($"k{_history.Count}", _inbox.CursorOf(1).Value);
    }

    /// <summary>A kill that tore off the end of the log; the server brings again what the inbox asks for.</summary>
    public void LoseTail(int bytes)
    {
        byte[] log = _folder.Snapshot();
        using InboxFolder torn = InboxFolder.With(log[..Math.Max(0, log.Length - bytes)]);
        using Inbox inbox = torn.Open(out string? copy);
        Assert.Null(copy);
        if (inbox.CursorOf(1).IsEmpty) inbox.StartLogin(1, new SyncCursor("k0"));
        for (int at = int.Parse(inbox.Cursor.Value.AsSpan(1)); at < _history.Count; at++) inbox.Append(_history[at]);
        List<string> left = inbox.TakeAll();
        Assert.Equal(left.Distinct(), left);
        Assert.Empty(_letters.Where(letter => !letter.IsDone && letter.Given < Inbox.MaxDeliveries)
            .Select(letter => Fetched.Text(letter.Id)).Except(left));
    }

    public void Dispose()
    {
        _inbox.Dispose();
        _folder.Dispose();
    }

    private void Append(int replayed, int fresh)
    {
        ulong[] old = [.. _letters.Skip(Math.Max(0, _letters.Count - replayed)).Select(letter => letter.Id)];
        ulong[] added = Fetched.Ids(_letters.Count, fresh);
        SyncBatch batch = Fetched.Batch($"k{_history.Count + 1}", [.. old, .. added, .. added]);
        _history.Add(batch);
        Assert.Equal(fresh, _inbox.Append(batch).Added);
        foreach (ulong id in added) _letters.Add(new Letter(id, (long)id));
    }

    private void Take()
    {
        for (; _position < _letters.Count; _position++)
        {
            Letter letter = _letters[_position];
            if (letter is { IsDone: false, Given: >= Inbox.MaxDeliveries }) letter.IsDone = true;
            if (!letter.IsDone) break;
        }

        bool found = _inbox.TryTake(out InboxEntry entry);
        Assert.Equal(_position < _letters.Count, found);
        _unwritten = null;
        if (!found) return;
        Letter next = _letters[_position++];
        next.Given++;
        Assert.Equal((next.Sequence, next.Given, Fetched.Text(next.Id)), (entry.Sequence, entry.DeliveryCount, entry.Raw()));
    }

    private void HandOver(int which)
    {
        if (_letters.Count == 0) return;
        Letter letter = _letters[which % _letters.Count];
        Assert.Equal(!letter.IsDone, _inbox.HandedOver(letter.Sequence));
        if (letter.IsDone) return;
        letter.IsDone = true;
        _unwritten = letter;
    }

    // kill -9: the log is what it is; the one hand-over that was not written yet did not happen
    private void Kill()
    {
        byte[] log = _folder.Snapshot();
        Dispose();
        _folder = InboxFolder.With(log);
        if (_unwritten is not null) _unwritten.IsDone = false;
        _unwritten = null;
        Reopen();
    }

    private void Reopen()
    {
        _inbox = _folder.Open(out string? copy);
        Assert.Null(copy);
        _position = 0;
    }
}

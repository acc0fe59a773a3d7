using System;
using System.Threading;

namespace WeChatPS.Sync;

/// <content>
/// A full or missing disk. Nothing is fetched then, but what is in the inbox is delivered. A delivery that cannot be recorded is not held back:
/// after a crash, its message is delivered again.
/// </content>
internal sealed partial class Inbox
{
    /// <summary>A batch of 50 usual messages, as the server sends them, and the marks of their deliveries.</summary>
    private const long RoomForBatch = 128 * 1024;

    // Some 3,000 marks.
    private const long RoomForMarks = 64 * 1024;

    private long _lacking;
    private bool _isBehind;
    private bool _cannotBury;
    private string? _untold;

    /// <summary>Raised outside any lock with a warning for the user, once for each trouble.</summary>
    public Action<string>? Troubled { get; set; }

    /// <summary>Tells why no batch can be taken now, in a sentence for a person. Tidies up first if that gives space.</summary>
    /// <returns>Null when a batch can be taken.</returns>
    public string? Obstacle()
    {
        lock (_gate)
        {
            if (_disposed) return null;
            try
            {
                if (IsGone()) return Gone();
                if (!HasRoom() && !(IsMostlyWaste() && TryCompact() && HasRoom())) return Full();
                if (_isBehind && !TryCatchUp()) return Full();
                HoldReserve();
                return null;
            }
            catch (WeChatException e)
            {
                return e.Message;
            }
        }
    }

    private long LengthWithoutMessages => ((_window.Ids.Count + _window.EarlierIds.Count) * (long)sizeof(ulong)) + (2L * _cursor.Value.Length) + 1024;

    private bool IsGone()
    {
        try
        {
            return _log.IsGone;
        }
        catch (Exception e) when (IsDisk(e))
        {
            throw Unavailable(e);
        }
    }

    private string Gone() => $"The session's inbox {_log.Path} was removed or replaced. New messages stay on the server. "
        + "Restore the file, or run Disconnect-WeChat and Connect-WeChat.";

    private string Full() => $"There is no free space for the session's inbox{(_log.Path is { } path ? $" {path}" : "")}. New messages stay on the server. "
        + "Free some space on the disk.";

    // Marks go on in it for a while, and the log without messages can always be rewritten in it. In steps, because the window grows with each message.
    private long LengthOfReserve => ((LengthWithoutMessages / RoomForMarks) + 2) * RoomForMarks;

    private void HoldReserve()
    {
        if (!(_log.FreeSpace < LengthOfReserve + RoomForBatch)) _log.HoldReserve(LengthOfReserve);
    }

    /// <summary>Whether a batch fits. Only when the system or the last write denied it, this is tried by writing.</summary>
    private bool HasRoom()
    {
        long wanted = RoomForBatch + _lacking;
        if (_lacking == 0 && !(_log.FreeSpace < wanted)) return true;
        if (!_log.HasRoomFor(wanted)) return false;
        _lacking = 0;
        return true;
    }

    private bool IsMostlyWaste() => _log.Length > RoomForBatch + (2 * (_waiting + LengthWithoutMessages)) && MayFit();

    private bool TryCatchUp() => MayFit() && TryCompact();

    // Otherwise each question would rewrite the log in vain.
    private bool MayFit() => !(_log.FreeSpace + (_waiting <= RoomForMarks ? LengthOfReserve : 0) < _waiting + LengthWithoutMessages);

    /// <summary>Throws unless a batch can be stored, so that no message is added to a log that is gone or lacks marks.</summary>
    private void ThrowUnlessReady()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsGone()) throw new WeChatException(WeChatErrorReason.InboxUnavailable, Gone());
        if (_isBehind && !TryCatchUp()) throw new WeChatException(WeChatErrorReason.InboxUnavailable, Full());
    }

    private void Mark(MarkKind kind, long sequence, int deliveries)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (TryMark(kind, sequence, deliveries) || (_log.GiveUpReserve() && TryMark(MarkKind.Doubted, 0, 0) && TryMark(kind, sequence, deliveries))) return;
        if (!_isBehind) _untold = $"Deliveries cannot be recorded in the session's inbox. After a crash, messages may be delivered again. {Full()}";
        _isBehind = true;
    }

    private bool TryMark(MarkKind kind, long sequence, int deliveries)
    {
        InboxRecords.WriteMark(_mark, kind, sequence, deliveries);
        return TryAppend(RecordKind.Mark, _mark);
    }

    private bool TryAppend(RecordKind kind, byte[] record)
    {
        try
        {
            _log.Append(kind, new ArraySegment<byte>(record));
            return true;
        }
        catch (Exception e) when (IsDisk(e))
        {
            return false;
        }
    }

    /// <returns>Whether the message is in the dead-letter file. Otherwise it stays in the inbox, and the messages after it come first.</returns>
    private bool TryBury(ReadOnlyMemory<byte> text)
    {
        try
        {
            _deadLetters.Add(text);
            _cannotBury = false;
            return true;
        }
        catch (Exception e) when (IsDisk(e))
        {
            if (!_cannotBury)
                _untold = $"A message that was delivered {MaxDeliveries} times stays in the inbox, because it cannot be moved to {_deadLetters.Path}: {e.Message}";
            _cannotBury = true;
            return false;
        }
    }

    private void Tell()
    {
        if (Interlocked.Exchange(ref _untold, null) is { } text) Troubled?.Invoke(text);
    }
}

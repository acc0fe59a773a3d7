using System.Threading;

namespace WeChatPS.Emulator;

/// <summary>The counters of the server since its start.</summary>
public sealed class EmulatorCounters
{
    private long _requests;
    private long _polls;
    private long _syncs;
    private long _sends;
    private long _messages;
    private int _openPolls;

    /// <summary>The requests of clients, without the control interface.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Calls of synccheck.</summary>
    public long Polls => Interlocked.Read(ref _polls);

    /// <summary>Calls of webwxsync.</summary>
    public long Syncs => Interlocked.Read(ref _syncs);

    /// <summary>The messages accepted from clients, without duplicates.</summary>
    public long Sends => Interlocked.Read(ref _sends);

    /// <summary>The messages returned by webwxsync, including repeated ones.</summary>
    public long MessagesHandedOut => Interlocked.Read(ref _messages);

    /// <summary>The calls of synccheck that are held now.</summary>
    public int OpenPolls => Volatile.Read(ref _openPolls);

    internal void Request() => Interlocked.Increment(ref _requests);

    internal void Poll() => Interlocked.Increment(ref _polls);

    internal void Sync(int messages)
    {
        Interlocked.Increment(ref _syncs);
        Interlocked.Add(ref _messages, messages);
    }

    internal void Send() => Interlocked.Increment(ref _sends);

    internal void PollHeld() => Interlocked.Increment(ref _openPolls);

    internal void PollReleased() => Interlocked.Decrement(ref _openPolls);
}

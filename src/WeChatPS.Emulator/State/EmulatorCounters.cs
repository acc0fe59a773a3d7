using System.Threading;

namespace WeChatPS.Emulator;

/// <summary>What the server has seen since it started.</summary>
public sealed class EmulatorCounters
{
    private long _requests;
    private long _polls;
    private long _syncs;
    private long _sends;
    private long _messages;
    private int _openPolls;

    /// <summary>Requests of clients, the control interface not counted.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Calls of synccheck.</summary>
    public long Polls => Interlocked.Read(ref _polls);

    /// <summary>Calls of webwxsync.</summary>
    public long Syncs => Interlocked.Read(ref _syncs);

    /// <summary>Messages accepted from clients, copies not counted.</summary>
    public long Sends => Interlocked.Read(ref _sends);

    /// <summary>Messages handed out by webwxsync, replays counted again.</summary>
    public long MessagesHandedOut => Interlocked.Read(ref _messages);

    /// <summary>Calls of synccheck that are being held now.</summary>
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

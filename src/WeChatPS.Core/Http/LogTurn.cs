using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace WeChatPS.Http;

/// <summary>
/// Gives the writers of one log their turns: all sessions of this user, in all processes. No platform appends for .NET in one step, so
/// without turns two writers find the same end and overwrite each other.
/// </summary>
internal sealed class LogTurn : IDisposable
{
    // A write takes microseconds. A process that holds the turn longer was suspended, and nobody's requests wait for it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Mutex _turn;

    public LogTurn(string path) => _turn = new Mutex(
        "WeChatPS-log-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path)))),
        new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });

    /// <summary>Writes when it is this log's turn.</summary>
    public void Take(Action write)
    {
        bool isMine = Wait();
        try
        {
            write();
        }
        finally
        {
            if (isMine) _turn.ReleaseMutex();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool Wait()
    {
        try
        {
            return _turn.WaitOne(s_patience);
        }
        catch (AbandonedMutexException)
        {
            return true; // its holder was killed
        }
    }
}

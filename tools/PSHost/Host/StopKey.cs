using System;
using System.Runtime.InteropServices;

namespace EngineHost;

/// <summary>
/// Ctrl+C stops the running pipeline; a second one, before that has happened, ends the process. Not while a program has the terminal: all keys are
/// meant for it, and what comes behind it is stopped when it has ended.
/// </summary>
internal sealed class StopKey : IDisposable
{
    private readonly Session _session;
    private readonly PosixSignalRegistration _terminate;
    private volatile bool _pressed;

    public StopKey(Session session)
    {
        _session = session;
        Console.CancelKeyPress += OnPressed;
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate);
    }

    /// <summary>Forgets an earlier press: what it stopped has ended.</summary>
    public void Reset() => _pressed = false;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnPressed;
        _terminate.Dispose();
    }

    private void OnPressed(object? sender, ConsoleCancelEventArgs e)
    {
        if (_pressed && !_session.Host.HasLentTerminal) Environment.Exit(Session.Interrupted);
        _pressed = true;
        e.Cancel = _session.Stop();
    }

    // The same as Ctrl+C, so that finally blocks run; whoever is in a hurry has SIGKILL.
    private void OnTerminate(PosixSignalContext context) => context.Cancel = _session.Stop();
}

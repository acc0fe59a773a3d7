using System;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;
using WeChatPS.Emulator;

Console.OutputEncoding = Encoding.UTF8;
CommandLine command;
try
{
    command = CommandLine.Parse(args);
}
catch (EmulatorException e)
{
    await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
    return 2;
}

if (command.ShowHelp)
{
    await Console.Out.WriteLineAsync(CommandLine.Help).ConfigureAwait(false);
    return 0;
}

WeChatEmulator emulator;
try
{
    emulator = WeChatEmulator.Start(command.Options);
}
catch (SocketException e)
{
    await Console.Error.WriteLineAsync($"cannot listen on port {command.Options.Port}: {e.Message}").ConfigureAwait(false);
    return 1;
}

await using (emulator.ConfigureAwait(false))
{
    await Console.Out.WriteLineAsync($"listening on {emulator.Endpoint}").ConfigureAwait(false);
    if (!command.Quiet)
    {
        emulator.Requests.Answered += request => Console.Out.WriteLine(CommandLine.Line(request));
    }

    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await emulator.StopRequested.ConfigureAwait(false);

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        emulator.RequestStop();
    }
}

return 0;

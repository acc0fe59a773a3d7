using System;

namespace EngineHost;

/// <summary>A console around the PowerShell engine, for machines that have the .NET SDK and no pwsh.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // Before the first engine type: it decides once whether to report to its makers.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Terminal.Prepare();

        CommandLine options;
        try
        {
            options = CommandLine.Parse(args);
        }
        catch (FormatException error)
        {
            Console.Error.WriteLine(error.Message);
            return CommandLine.UsageError;
        }

        Surroundings.Prepare(options);
        using var session = new Session(options.NonInteractive);
        using var stopKey = new StopKey(session);
        Start(session, options);
        if (options.Interactive && !session.HasEnded)
        {
            new Shell(session, stopKey).Run();
        }

        return session.ExitCode;
    }

    private static void Start(Session session, CommandLine options)
    {
        if (options.File is { } file)
        {
            session.RunFile(file, options.Arguments);
        }
        else if (options.Command is { } text)
        {
            session.RunCommand(text);
        }
    }
}

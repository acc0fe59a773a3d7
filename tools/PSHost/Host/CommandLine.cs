using System;
using System.Collections.Generic;
using System.IO;

namespace EngineHost;

/// <summary>What pwsh would understand of its command line, as far as this project needs it.</summary>
internal sealed class CommandLine
{
    /// <summary>The exit code of a command line that makes no sense; pwsh uses the same.</summary>
    public const int UsageError = 64;

    private const string Usage = """
        Usage: PSHost [-NonInteractive] [-ModulePath dir;dir] [-NoExit] [-File script.ps1 [args] | -Command text]
        Without -File and -Command it is a prompt. -NoLogo and -NoProfile are accepted: there is neither.
        """;

    public string? File { get; private set; }
    public IReadOnlyList<string> Arguments { get; private set; } = [];
    public string? Command { get; private set; }
    public bool NonInteractive { get; private set; }
    public string? ModulePath { get; private set; }
    public bool Interactive { get; private set; }

    /// <exception cref="FormatException">An unknown option or a script that is not there; the message is for the user.</exception>
    public static CommandLine Parse(string[] args)
    {
        var options = new CommandLine();
        bool noExit = false;
        int next = 0;
        while (next < args.Length && options.File is null && options.Command is null)
        {
            string option = args[next++];
            switch (option.TrimStart('-').ToUpperInvariant())
            {
                case "NOLOGO" or "NOPROFILE": break;
                case "NOEXIT": noExit = true; break;
                case "NONINTERACTIVE": options.NonInteractive = true; break;
                case "MODULEPATH": options.ModulePath = Value(args, next++, option); break;
                case "COMMAND" or "C":
                    Value(args, next, option);
                    options.Command = ReadCommand(args[next..]);
                    break;
                case "FILE" or "F":
                    options.File = Script(Value(args, next, option));
                    options.Arguments = args[(next + 1)..];
                    break;
                default:
                    if (option.StartsWith('-')) throw new FormatException($"Unknown option {option}.\n{Usage}");
                    options.File = Script(option);
                    options.Arguments = args[next..];
                    break;
            }
        }

        options.Interactive = noExit || (options.File is null && options.Command is null);
        return options;
    }

    private static string Value(string[] args, int index, string option) => index < args.Length
        ? args[index]
        : throw new FormatException($"{option} needs a value.\n{Usage}");

    private static string ReadCommand(string[] words) => words is ["-"] ? Console.In.ReadToEnd() : string.Join(' ', words);

    private static string Script(string path)
    {
        string full = Path.GetFullPath(path);
        return System.IO.File.Exists(full) ? full : throw new FormatException($"There is no script file '{path}'.");
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS.Emulator;

/// <summary>The console's arguments.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        WeChatPS.Emulator [--port N] [--hold SECONDS] [--contacts N] [--per-fetch N] [--phone SECONDS]
                            [--account NAME]... [--echo NAME] [--chatty] [--quiet]

          --port N         listen on this port of 127.0.0.1; a free one unless given
          --hold SECONDS   how long an idle poll is held; 25 unless given
          --contacts N     generated friends besides the demo contacts
          --per-fetch N    the most messages in one fetch; 50 unless given
          --phone SECONDS  how long the phone takes to scan, and again to confirm; 0.3 unless given
          --account NAME   an account, each with the same contacts; they log in in turn; 我 alone unless given
          --echo NAME      this contact answers every text with the same text
          --chatty         the demo contacts write a few messages after each login
          --quiet          no line for each request
        """;

    public required EmulatorOptions Options { get; init; }

    public bool Quiet { get; init; }

    public bool ShowHelp { get; init; }

    /// <exception cref="EmulatorException">An argument is unknown or its value unusable.</exception>
    public static CommandLine Parse(string[] args)
    {
        int port = 0;
        double hold = 25;
        int contacts = 0;
        int perFetch = 50;
        double phone = 0.3;
        List<string> accounts = [];
        string? echo = null;
        bool chatty = false;
        bool quiet = false;
        bool help = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--port":
                    port = (int)Number(args, ref i, 65_535, NumberStyles.None);
                    break;
                case "--hold":
                    hold = Number(args, ref i, 3600, NumberStyles.AllowDecimalPoint);
                    break;
                case "--contacts":
                    contacts = (int)Number(args, ref i, 100_000, NumberStyles.None);
                    break;
                case "--per-fetch":
                    perFetch = (int)Number(args, ref i, 10_000, NumberStyles.None, min: 1);
                    break;
                case "--phone":
                    phone = Number(args, ref i, 3600, NumberStyles.AllowDecimalPoint);
                    break;
                case "--account":
                    string account = Value(args, ref i);
                    accounts.Add(accounts.Contains(account) ? throw new EmulatorException($"--account names '{account}' twice") : account);
                    break;
                case "--echo":
                    echo = Value(args, ref i);
                    break;
                case "--chatty":
                    chatty = true;
                    break;
                case "--quiet":
                    quiet = true;
                    break;
                case "--help" or "-h" or "-?":
                    help = true;
                    break;
                default:
                    throw new EmulatorException($"unknown argument '{args[i]}'; --help shows what there is");
            }
        }

        return new CommandLine
        {
            Options = new EmulatorOptions
            {
                Port = port,
                Accounts = accounts.Count > 0 ? accounts : ["我"],
                Hold = TimeSpan.FromSeconds(hold),
                Contacts = contacts,
                MaxMessagesPerSync = perFetch,
                ScanDelay = TimeSpan.FromSeconds(phone),
                ConfirmDelay = TimeSpan.FromSeconds(phone),
                Echo = echo,
                Chatty = chatty,
            },
            Quiet = quiet,
            ShowHelp = help,
        };
    }

    /// <summary>One request, on one line.</summary>
    public static string Line(LoggedRequest request)
    {
        string fault = request.Fault is null ? "" : $" [{request.Fault}]";
        string ret = request.Ret is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ret {request.Ret}");
        string gone = request.IsAbandoned ? " (client gone)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Time.ToLocalTime():HH:mm:ss.fff} {request.Method} {Printable(request.Endpoint)} {request.Status}{ret} {request.Elapsed?.TotalMilliseconds:0} ms{fault}{gone}");
    }

    /// <summary>A path that nobody knows may hold anything; a terminal must not obey it.</summary>
    private static string Printable(string text) =>
        string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });

    private static double Number(string[] args, ref int i, double max, NumberStyles style, int min = 0)
    {
        string name = args[i];
        string value = Value(args, ref i);
        return double.TryParse(value, style, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max
            ? number
            : throw new EmulatorException($"{name} takes a number from {min} to {max.ToString(CultureInfo.InvariantCulture)}, not '{value}'");
    }

    private static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new EmulatorException($"{args[i - 1]} needs a value");
}

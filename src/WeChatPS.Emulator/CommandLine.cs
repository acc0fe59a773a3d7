using System;
using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS.Emulator;

/// <summary>The arguments of the console program.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        WeChatPS.Emulator [--port N] [--hold SECONDS] [--contacts N] [--per-fetch N] [--phone SECONDS]
                            [--account NAME]... [--echo NAME] [--chatty] [--redirect-host HOST] [--quiet]

          --port N         port on 127.0.0.1 (default: a free port)
          --hold SECONDS   hold time of an idle poll (default: 25)
          --contacts N     number of generated friends in addition to the demo contacts
          --per-fetch N    maximum number of messages in one fetch (default: 50)
          --phone SECONDS  delay of the phone before the scan, and again before the confirmation (default: 0.3)
          --account NAME   account name (default: 我); several accounts log in in turn, each with the same contacts
          --echo NAME      contact that replies to every text with the same text
          --chatty         let the demo contacts send a few messages after each login
          --redirect-host HOST
                           host in redirects and cookies, such as wx2.qq.com, for clients that use real host names over https and are
                           redirected to the emulator (default: the emulator's own, over http)
          --quiet          print no line for each request
        """;

    public required EmulatorOptions Options { get; init; }

    public bool Quiet { get; init; }

    public bool ShowHelp { get; init; }

    /// <exception cref="EmulatorException">An argument is unknown, or its value is invalid.</exception>
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
        string? redirectHost = null;
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
                    accounts.Add(accounts.Contains(account) ? throw new EmulatorException($"--account '{account}' is given twice") : account);
                    break;
                case "--echo":
                    echo = Value(args, ref i);
                    break;
                case "--chatty":
                    chatty = true;
                    break;
                case "--redirect-host":
                    redirectHost = Authority(args, ref i);
                    break;
                case "--quiet":
                    quiet = true;
                    break;
                case "--help" or "-h" or "-?":
                    help = true;
                    break;
                default:
                    throw new EmulatorException($"unknown argument '{args[i]}'. For all arguments, use --help");
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
                RedirectHost = redirectHost,
            },
            Quiet = quiet,
            ShowHelp = help,
        };
    }

    /// <summary>Gets a request as one line.</summary>
    public static string Line(LoggedRequest request)
    {
        string fault = request.Fault is null ? "" : $" [{request.Fault}]";
        string ret = request.Ret is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ret {request.Ret}");
        string gone = request.IsAbandoned ? " (client disconnected)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Time.ToLocalTime():HH:mm:ss.fff} {request.Method} {Printable(request.Endpoint)} {request.Status}{ret} {request.Elapsed?.TotalMilliseconds:0} ms{fault}{gone}");
    }

    /// <summary>Replaces control characters, which an unknown path may contain and a terminal would execute.</summary>
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
            : throw new EmulatorException($"{name} must be a number from {min} to {max.ToString(CultureInfo.InvariantCulture)}, not '{value}'");
    }

    private static string Authority(string[] args, ref int i)
    {
        string name = args[i];
        string value = Value(args, ref i);
        return EmulatorOptions.HomeOf(value) is not null
            ? value
            : throw new EmulatorException($"{name} must be a host with or without a port, such as wx2.qq.com, not '{value}'");
    }

    private static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new EmulatorException($"{args[i - 1]} needs a value");
}

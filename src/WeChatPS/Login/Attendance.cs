using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Host;

namespace WeChatPS.Login;

/// <summary>Detects unattended hosts, where no login that needs a person may start.</summary>
internal static class Attendance
{
    private const string Switch = "NonInteractive";
    private const int ShortestSwitch = 4;

    private static readonly string[] s_scriptBegins = ["file", "command", "encodedcommand", "commandwithargs", "ec", "e", "cwa"];

    /// <summary>Whether the host is unattended: it has no user interface, runs with -NonInteractive, or its input is not a terminal.</summary>
    public static bool IsUnattended(PSHost? host) =>
        host?.UI is null || Console.IsInputRedirected || IsNonInteractive(Environment.GetCommandLineArgs());

    /// <summary>Whether PowerShell's own command line contains -NonInteractive or an abbreviation of it.</summary>
    internal static bool IsNonInteractive(IEnumerable<string> commandLine) => commandLine
        .Skip(1)
        .TakeWhile(argument => !BeginsScript(argument))
        .Select(SwitchName)
        .Any(name => name.Length >= ShortestSwitch && Switch.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    // Arguments after -File or -Command belong to the script.
    private static bool BeginsScript(string argument)
    {
        string name = SwitchName(argument);
        return name.Length > 0 && s_scriptBegins.Any(whole => whole.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    private static string SwitchName(string argument) =>
        argument.Length > 1 && argument[0] is '-' or '/' ? argument.TrimStart('-', '/') : "";
}

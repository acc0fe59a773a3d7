using System;
using System.Runtime.InteropServices;
using System.Text;

namespace EngineHost;

/// <summary>What the two ends of the process are: a terminal or something redirected.</summary>
internal static partial class Terminal
{
    private const int StandardOutput = -11;
    private const uint VirtualTerminalProcessing = 4;

    /// <summary>The width of text that goes to a file or a pipe.</summary>
    private const int RedirectedWidth = 120;

    public static bool OutputIsTerminal { get; } = !Console.IsOutputRedirected;

    public static bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    public static bool InputIsTerminal { get; } = !Console.IsInputRedirected;

    /// <summary>Whether escape sequences in output will be understood.</summary>
    public static bool SupportsEscapes { get; private set; }

    public static int Width => OutputIsTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : RedirectedWidth;

    public static void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        SupportsEscapes = OutputIsTerminal && (OperatingSystem.IsWindows() ? EnableEscapesOnWindows() : !IsDumb());
    }

    private static bool IsDumb() => Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";

    private static bool EnableEscapesOnWindows()
    {
        nint handle = GetStdHandle(StandardOutput);
        return GetConsoleMode(handle, out uint mode) && SetConsoleMode(handle, mode | VirtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int handle);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}

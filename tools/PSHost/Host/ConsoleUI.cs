using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EngineHost;

/// <summary>The streams of the engine on a console: errors on standard error, everything else on standard output, like pwsh.</summary>
internal sealed partial class ConsoleUI(ConsoleOutput output, bool nonInteractive) : PSHostUserInterface
{
    private readonly RawConsole _raw = new();

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => Terminal.SupportsEscapes;

    public override void Write(string value) => output.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        output.Write(foregroundColor, backgroundColor, value);

    public override void WriteLine() => output.Write(Environment.NewLine);

    public override void WriteLine(string value) => output.Write(value + Environment.NewLine);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
    {
        output.Write(foregroundColor, backgroundColor, value);
        WriteLine();
    }

    public override void WriteErrorLine(string value) => output.WriteError(value + Environment.NewLine);

    public override void WriteWarningLine(string message) => WriteStyled(FormatStyle.Warning, "WARNING: ", message);

    public override void WriteVerboseLine(string message) => WriteStyled(FormatStyle.Verbose, "VERBOSE: ", message);

    public override void WriteDebugLine(string message) => WriteStyled(FormatStyle.Debug, "DEBUG: ", message);

    public override void WriteInformation(InformationRecord record)
    {
        // The engine has already written the text of records that are to be seen.
    }

    public override void WriteProgress(long sourceId, ProgressRecord record) => output.Show(record);

    private void WriteStyled(FormatStyle style, string prefix, string message) => WriteLine(Terminal.SupportsEscapes
        ? GetFormatStyleString(style) + prefix + message + GetFormatStyleString(FormatStyle.Reset)
        : prefix + message);
}

using System;
using System.IO;
using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>Out-String.</summary>
[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringBuilder _text = new();

    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        EngineFormatting.UseWriter(this, new LineWriter(Write), Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (!Stream) WriteObject(_text.ToString());
    }

    private void Write(string line)
    {
        if (Stream) WriteObject(line);
        else if (NoNewline) _text.Append(line);
        else _text.AppendLine(line);
    }
}

/// <summary>Out-File, and what the redirection operators call.</summary>
[Cmdlet(VerbsData.Out, "File", DefaultParameterSetName = "ByPath", SupportsShouldProcess = true)]
public sealed class OutFileCommand : FrontEndCommandBase
{
    private StreamWriter? _writer;

    [Parameter(ParameterSetName = "ByPath", Mandatory = true, Position = 0)]
    [Alias("Path")]
    public string? FilePath { get; set; }

    [Parameter(ParameterSetName = "ByLiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter(Position = 1)]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void BeginProcessing()
    {
        string path = GetUnresolvedProviderPathFromPSPath(LiteralPath ?? FilePath!);
        TextWriter target = TextWriter.Null;
        if (ShouldProcess(path, "Output to File"))
        {
            try
            {
                FileMode mode = Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create;
                target = _writer = new StreamWriter(new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite), Encoding);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                ThrowTerminatingError(new ErrorRecord(error, "FileOpenFailure", ErrorCategory.OpenError, path));
            }
        }

        EngineFormatting.UseWriter(this, new LineWriter(NoNewline ? target.Write : target.WriteLine), Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        _writer?.Dispose();
    }

    protected override void InternalDispose()
    {
        _writer?.Dispose();
        base.InternalDispose();
    }
}

/// <summary>Hands on line after line.</summary>
internal sealed class LineWriter(Action<string> write) : TextWriter
{
    public override Encoding Encoding => Encoding.Unicode;

    public override void WriteLine(string? value) => write(value ?? "");
}

using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security.Cryptography;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-TemporaryFile.</summary>
[Cmdlet(VerbsCommon.New, "TemporaryFile", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewTemporaryFileCommand : PSCmdlet
{
    protected override void EndProcessing()
    {
        if (ShouldProcess(Path.GetTempPath())) WriteObject(new FileInfo(Path.GetTempFileName()));
    }
}

/// <summary>Get-FileHash.</summary>
[Cmdlet(VerbsCommon.Get, "FileHash")]
public sealed class GetFileHashCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter]
    [ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")]
    public string Algorithm { get; set; } = "SHA256";

    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            using var hash = IncrementalHash.CreateHash(new HashAlgorithmName(Algorithm));
            hash.AppendData(File.ReadAllBytes(file));
            var result = new PSObject();
            result.Properties.Add(new PSNoteProperty("Algorithm", Algorithm));
            result.Properties.Add(new PSNoteProperty("Hash", System.Convert.ToHexString(hash.GetHashAndReset())));
            result.Properties.Add(new PSNoteProperty("Path", file));
            WriteObject(result);
        }
    }
}

/// <summary>Import-PowerShellDataFile.</summary>
[Cmdlet(VerbsData.Import, "PowerShellDataFile")]
public sealed class ImportPowerShellDataFileCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            ScriptBlockAst data = Parser.ParseFile(file, out _, out ParseError[] errors);
            if (errors.Length > 0 || data.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false) is not HashtableAst table)
            {
                ThrowTerminatingError(new ErrorRecord(new PSInvalidOperationException($"{file} is not a PowerShell data file."),
                    "CouldNotParseAsPowerShellDataFile", ErrorCategory.ParserError, file));
                return;
            }

            WriteObject(table.SafeGetValue());
        }
    }
}

/// <summary>Join-String.</summary>
[Cmdlet(VerbsCommon.Join, "String")]
[OutputType(typeof(string))]
public sealed class JoinStringCommand : PSCmdlet
{
    private readonly System.Collections.Generic.List<string> _parts = [];

    [Parameter(Position = 0)]
    public object? Property { get; set; }

    [Parameter(Position = 1)]
    [AllowEmptyString]
    public string Separator { get; set; } = "";

    [Parameter]
    public string OutputPrefix { get; set; } = "";

    [Parameter]
    public string OutputSuffix { get; set; } = "";

    [Parameter]
    public SwitchParameter SingleQuote { get; set; }

    [Parameter]
    public SwitchParameter DoubleQuote { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not { } item) return;
        string text = LanguagePrimitives.ConvertTo<string>(Property is null ? item : Column.Parse(Property).Value(item)) ?? "";
        _parts.Add(SingleQuote ? $"'{text}'" : DoubleQuote ? $"\"{text}\"" : text);
    }

    protected override void EndProcessing() => WriteObject(OutputPrefix + string.Join(Separator, _parts) + OutputSuffix);
}

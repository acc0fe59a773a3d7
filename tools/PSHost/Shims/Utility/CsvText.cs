using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>The form of a CSV text.</summary>
internal static class CsvFormat
{
    public static string Line(IEnumerable<string?> fields, char delimiter, bool quoted) =>
        string.Join(delimiter, fields.Select(field => quoted || NeedsQuotes(field, delimiter)
            ? '"' + field?.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
            : field));

    public static IEnumerable<string?> Row(PSObject item, IEnumerable<string> columns) => columns.Select(column =>
        item.BaseObject is IDictionary table ? Text(table[column]) : Text(item.Properties[column]?.Value));

    public static string[] Columns(PSObject item) => item.BaseObject is IDictionary table
        ? [.. table.Keys.Cast<object>().Select(key => LanguagePrimitives.ConvertTo<string>(key))]
        : [.. item.Properties.Select(property => property.Name)];

    /// <summary>Records of fields; a quoted field may go over several lines.</summary>
    public static IEnumerable<string[]> Parse(string text, char delimiter)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        bool any = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"')
            {
                quoted = any = true;
            }
            else if (c == delimiter)
            {
                Take();
                any = true;
            }
            else if (c == '\n')
            {
                if (any || field.Length > 0) yield return TakeRecord();
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (any || field.Length > 0) yield return TakeRecord();

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        string[] TakeRecord()
        {
            Take();
            string[] record = [.. fields];
            fields.Clear();
            any = false;
            return record;
        }
    }

    public static IEnumerable<PSObject> Objects(string text, char delimiter, string[]? header)
    {
        foreach (string[] record in Parse(text, delimiter))
        {
            if (header is null)
            {
                header = record;
                continue;
            }

            var item = new PSObject();
            for (int i = 0; i < header.Length; i++)
                item.Properties.Add(new PSNoteProperty(header[i], i < record.Length ? record[i] : null));
            yield return item;
        }
    }

    private static bool NeedsQuotes(string? field, char delimiter) =>
        field is not null && field.AsSpan().IndexOfAny(delimiter, '"', '\n') >= 0;

    private static string? Text(object? value) => value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
}

/// <summary>ConvertTo-Csv and Export-Csv.</summary>
public abstract class WriteCsvCommand : PSCmdlet
{
    private string[]? _columns;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    [Parameter]
    public SwitchParameter NoHeader { get; set; }

    [Parameter]
    [ValidateSet("Always", "AsNeeded", "Never")]
    public string UseQuotes { get; set; } = "Always";

    protected abstract bool HasHeader { get; }

    protected abstract void Emit(string line);

    protected override void ProcessRecord()
    {
        PSObject item = InputObject!;
        if (_columns is null)
        {
            _columns = CsvFormat.Columns(item);
            if (!NoHeader && !HasHeader) Emit(Line(_columns));
        }

        Emit(Line(CsvFormat.Row(item, _columns)));
    }

    private string Line(IEnumerable<string?> fields) =>
        UseQuotes == "Never" ? string.Join(Delimiter, fields) : CsvFormat.Line(fields, Delimiter, UseQuotes == "Always");
}

/// <summary>ConvertTo-Csv.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
[OutputType(typeof(string))]
public sealed class ConvertToCsvCommand : WriteCsvCommand
{
    protected override bool HasHeader => false;

    protected override void Emit(string line) => WriteObject(line);
}

/// <summary>Export-Csv.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
public sealed class ExportCsvCommand : WriteCsvCommand, IDisposable
{
    private StreamWriter? _writer;
    private bool _hasHeader;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = "";

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    protected override bool HasHeader => _hasHeader;

    public void Dispose() => _writer?.Dispose();

    protected override void BeginProcessing()
    {
        var file = new FileInfo(GetUnresolvedProviderPathFromPSPath(Path));
        _hasHeader = Append && file.Exists && file.Length > 0;
        _writer = new StreamWriter(file.FullName, Append, Encoding);
    }

    protected override void Emit(string line) => _writer!.WriteLine(line);

    protected override void EndProcessing() => _writer!.Dispose();
}

/// <summary>ConvertFrom-Csv.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Csv")]
public sealed class ConvertFromCsvCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    protected override void ProcessRecord() => _lines.AddRange(InputObject);

    protected override void EndProcessing() =>
        WriteObject(CsvFormat.Objects(string.Join('\n', _lines), Delimiter, Header), enumerateCollection: true);
}

/// <summary>Import-Csv.</summary>
[Cmdlet(VerbsData.Import, "Csv")]
public sealed class ImportCsvCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    [Parameter]
    public string[]? Header { get; set; }

    [Parameter]
    [EncodingName]
    public Encoding Encoding { get; set; } = EncodingNameAttribute.Default;

    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            WriteObject(CsvFormat.Objects(File.ReadAllText(file, Encoding), Delimiter, Header), enumerateCollection: true);
        }
    }
}

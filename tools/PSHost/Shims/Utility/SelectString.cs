using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-String.</summary>
[Cmdlet(VerbsCommon.Select, "String", DefaultParameterSetName = "Object")]
[OutputType(typeof(MatchInfo), typeof(bool), typeof(string))]
public sealed class SelectStringCommand : PSCmdlet
{
    private Regex[] _patterns = [];
    private int _line;
    private bool _found;

    [Parameter(ParameterSetName = "Object", Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0)]
    public string[] Pattern { get; set; } = [];

    [Parameter(ParameterSetName = "File", Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter AllMatches { get; set; }

    [Parameter]
    public SwitchParameter NotMatch { get; set; }

    [Parameter]
    public SwitchParameter List { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void BeginProcessing() => _patterns = [.. Pattern.Select(pattern =>
        new Regex(SimpleMatch ? Regex.Escape(pattern) : pattern, CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase))];

    protected override void ProcessRecord()
    {
        if (Path.Length == 0)
        {
            object? item = InputObject?.BaseObject;
            if (item is FileInfo file) SearchFile(file.FullName);
            else Search(LanguagePrimitives.ConvertTo<string>(InputObject), ++_line, "InputStream");
            return;
        }

        foreach (string path in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _))) SearchFile(path);
    }

    protected override void EndProcessing()
    {
        if (Quiet) WriteObject(_found);
    }

    private void SearchFile(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            if (Search(line, ++number, path) && List) return;
        }
    }

    private bool Search(string line, int number, string path)
    {
        foreach (Regex pattern in _patterns)
        {
            Match first = pattern.Match(line);
            Match[] matches = AllMatches ? [.. pattern.Matches(line).Cast<Match>()] : first.Success ? [first] : [];
            if (matches.Length > 0 == NotMatch) continue;
            _found = true;
            if (Quiet) return true;
            var found = new MatchInfo { Line = line, LineNumber = number, Path = path, Pattern = pattern.ToString(), Matches = SimpleMatch ? [] : matches };
            WriteObject(Raw ? line : found);
            return true;
        }

        return false;
    }
}

/// <summary>A line that matched.</summary>
public sealed class MatchInfo
{
    public string Line { get; init; } = "";

    public int LineNumber { get; init; }

    public string Path { get; init; } = "";

    public string Filename => System.IO.Path.GetFileName(Path);

    public string Pattern { get; init; } = "";

    public IReadOnlyList<Match> Matches { get; init; } = [];

    public override string ToString() => Path == "InputStream" ? Line : FormattableString.Invariant($"{Path}:{LineNumber}:{Line}");

    /// <summary>What the engine's view of this type calls.</summary>
    public string ToEmphasizedString(string directory) => Path == "InputStream"
        ? Line : FormattableString.Invariant($"{System.IO.Path.GetRelativePath(directory, Path)}:{LineNumber}:{Line}");
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>What takes -Path with wildcards or -LiteralPath without.</summary>
public abstract class PathCommand : PSCmdlet
{
    protected const string ByPath = "Path";
    protected const string ByLiteralPath = "LiteralPath";

    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    protected bool IsLiteral => LiteralPath.Length > 0;

    protected IEnumerable<string> Paths => IsLiteral ? LiteralPath : Path;

    /// <summary>Does something to every path; what one path lacks is an error of that path alone.</summary>
    protected void ForEachPath(Action<string> action)
    {
        foreach (string path in Paths) Attempt(path, () => action(path));
    }

    /// <summary>Turns the exceptions of providers and of the file system into errors of this cmdlet.</summary>
    protected void Attempt(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IContainsErrorRecord and not PipelineStoppedException and not ActionPreferenceStopException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            WriteError(new ErrorRecord(error, error.GetType().Name, ErrorCategory.WriteError, path));
        }
    }

    /// <summary>The paths in the provider's own words (for files: full names). A wildcard that matches nothing gives none.</summary>
    protected IReadOnlyList<string> Resolve(string path, out ProviderInfo provider)
    {
        if (!IsLiteral) return GetResolvedProviderPathFromPSPath(path, out provider);
        string one = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        if (!InvokeProvider.Item.Exists(path, force: true, literalPath: true)) throw NotFound(path);
        return [one];
    }

    protected static bool IsFile(ProviderInfo provider) => provider.Name == FileSystemProvider.ProviderName;

    protected static ItemNotFoundException NotFound(string path) => new($"Cannot find path '{path}' because it does not exist.");

    /// <summary>Matches a name against -Filter, -Include and -Exclude alike.</summary>
    protected static bool Matches(string name, IEnumerable<string> patterns) =>
        patterns.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name));
}

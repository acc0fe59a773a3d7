using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace EngineHost;

/// <summary>Turns the words behind <c>-File script.ps1</c> into parameters, by the rules of pwsh.</summary>
internal static class ScriptArguments
{
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> words)
    {
        string? pending = null;
        foreach (string word in words)
        {
            if (pending is not null)
            {
                yield return new CommandParameter(pending, word);
                pending = null;
            }
            else if (word.Length < 2 || word[0] != '-')
            {
                yield return new CommandParameter(null, word);
            }
            else if (word.EndsWith(':'))
            {
                pending = word[..^1];
            }
            else if (word.IndexOf(':', System.StringComparison.Ordinal) is var colon && colon > 0)
            {
                yield return new CommandParameter(word[..colon], Value(word[(colon + 1)..]));
            }
            else
            {
                yield return new CommandParameter(word);
            }
        }

        if (pending is not null) yield return new CommandParameter(pending);
    }

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}

using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace WeChatPS;

/// <summary>A candidate for completion.</summary>
/// <param name="Value">The value, unquoted.</param>
/// <param name="Description">Other names. Completion searches them too and shows them as the tool tip.</param>
/// <param name="Spelling">The spelling in Latin letters, matched from the start; empty when unknown.</param>
internal readonly record struct Candidate(string Value, string Description, string Spelling = "");

/// <summary>Completes names from data in this process and its files, without network requests.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    private const int Most = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        var start = WildcardPattern.Get(WildcardPattern.Escape(word) + "*", WildcardOptions.IgnoreCase);
        var anywhere = WildcardPattern.Get("*" + WildcardPattern.Escape(word) + "*", WildcardOptions.IgnoreCase);
        return
        [
            .. Candidates(fakeBoundParameters ?? new Hashtable())
                .Where(one => start.IsMatch(one.Value) || anywhere.IsMatch(one.Description) || start.IsMatch(one.Spelling))
                .Take(Most)
                .Select(Result),
        ];
    }

    private protected abstract IEnumerable<Candidate> Candidates(IDictionary bound);

    // Other people choose these names. So they are quoted to prevent code injection, and their control characters are visible symbols.
    private static CompletionResult Result(Candidate one)
    {
        string shown = DisplayText.Visible(one.Value);
        string tip = DisplayText.Visible(one.Description);
        string quoted = IsPlain(one.Value) ? one.Value : $"'{CodeGeneration.EscapeSingleQuotedStringContent(one.Value)}'";
        return new CompletionResult(quoted, shown, CompletionResultType.ParameterValue, tip.Length == 0 ? shown : tip);
    }

    private static bool IsPlain(string value) =>
        value.Length > 0 && !char.IsDigit(value[0]) && value.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.');
}

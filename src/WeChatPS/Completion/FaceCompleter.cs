using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace WeChatPS;

/// <summary>Completes the code of a WeChat emoji after <c>[</c>, by its Chinese or English name.</summary>
public sealed class FaceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete ?? "";
        string text = word.Length > 0 && word[0] is '\'' or '"' ? word.Substring(1).TrimEnd(word[0]) : word;
        int start = text.LastIndexOf('[');
        if (start < 0 || text.IndexOf(']', start) >= 0 || HoldsVariables(commandAst, text.Substring(start)))
            return [];
        string before = CodeGeneration.EscapeSingleQuotedStringContent(text.Substring(0, start));
        string begun = text.Substring(start + 1);
        return Faces.All
            .Where(face => face.Code.StartsWith(begun, StringComparison.OrdinalIgnoreCase) || face.Name.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(face => new CompletionResult($"'{before}[{face.Code}]'", $"[{face.Code}]", CompletionResultType.ParameterValue, face.Name))
            .ToArray();
    }

    // Completion gets the value of the string. For a string with variables, its source text is unknown.
    private static bool HoldsVariables(CommandAst? command, string end) =>
        command?.CommandElements.Any(one => one is ExpandableStringExpressionAst text && text.Value.EndsWith(end, StringComparison.Ordinal)) == true;
}

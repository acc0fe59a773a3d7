using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EngineHost;

/// <summary>Tab: the engine's own completion, one match after the other.</summary>
internal sealed class Completion(Runspace runspace)
{
    private CommandCompletion? _matches;
    private int _length;

    /// <summary>Puts the next (or the previous) match into the line.</summary>
    public void Next(LineBuffer line, bool backwards)
    {
        if (_matches is null)
        {
            using var shell = PowerShell.Create(runspace);
            _matches = CommandCompletion.CompleteInput(line.Text, line.Cursor, options: null, shell);
            _length = _matches.ReplacementLength;
        }

        if (_matches.CompletionMatches.Count == 0)
        {
            Forget();
            return;
        }

        string match = _matches.GetNextResult(!backwards).CompletionText;
        int start = _matches.ReplacementIndex;
        string text = string.Concat(line.Text.AsSpan(0, start), match, line.Text.AsSpan(start + _length));
        _length = match.Length;
        line.Set(text, start + match.Length);
    }

    /// <summary>The line was changed by hand: the next Tab completes anew.</summary>
    public void Forget() => _matches = null;
}

using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>A name to search for, with or without wildcards. It also matches literally, because nicknames may contain wildcard characters, even in invalid patterns.</summary>
internal sealed class NamePattern
{
    private readonly string _wanted;
    private readonly WildcardPattern? _pattern;

    public NamePattern(string wanted)
    {
        _wanted = wanted;
        try
        {
            _pattern = WildcardPattern.Get(wanted, WildcardOptions.IgnoreCase);
            _pattern.IsMatch("");
        }
        catch (WildcardPatternException)
        {
            _pattern = null;
        }
    }

    /// <summary>Whether no match is acceptable. A name without wildcards must match.</summary>
    public bool HasWildcards => _pattern is not null && WildcardPattern.ContainsWildcardCharacters(_wanted);

    /// <summary>Whether one of the names matches.</summary>
    public bool Matches(params string[] names) => names.Any(name => name.Length > 0 && (name == _wanted || (_pattern?.IsMatch(name) ?? false)));
}

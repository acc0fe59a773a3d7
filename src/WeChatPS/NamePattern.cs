using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>A name to look for, with or without wildcards. Other people choose names: one that looks like a pattern, even a broken one, is found by itself too.</summary>
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

    /// <summary>Whether it may well match nothing; a name without wildcards that matches nothing is a mistake.</summary>
    public bool HasWildcards => _pattern is not null && WildcardPattern.ContainsWildcardCharacters(_wanted);

    /// <summary>Whether one of the names is meant.</summary>
    public bool Matches(params string[] names) => names.Any(name => name.Length > 0 && (name == _wanted || (_pattern?.IsMatch(name) ?? false)));
}

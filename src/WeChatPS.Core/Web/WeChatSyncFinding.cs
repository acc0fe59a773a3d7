namespace WeChatPS;

/// <summary>The severity of a finding.</summary>
public enum FindingLevel : long
{
    /// <summary>No problem was found.</summary>
    Ok,

    /// <summary>The check could not be made. The finding contains the reason.</summary>
    NotChecked,

    /// <summary>Information that requires no action.</summary>
    Note,

    /// <summary>The session works, but with a limitation.</summary>
    Warning,

    /// <summary>The session does not work.</summary>
    Problem,
}

/// <summary>One finding of Test-WeChatSync.</summary>
/// <param name="Check">The name of the check. The name is stable for use in scripts.</param>
/// <param name="Level">The severity.</param>
/// <param name="Found">The result as text.</param>
/// <param name="Advice">The recommended action; empty if none is needed.</param>
/// <param name="Session">The session's name; empty for a check of a server without a session.</param>
public sealed record WeChatSyncFinding(string Check, FindingLevel Level, string Found, string Advice, string Session)
{
    /// <summary>The finding as one line.</summary>
    public override string ToString() => Advice.Length == 0 ? $"{Level} {Check}: {Found}" : $"{Level} {Check}: {Found} {Advice}";
}

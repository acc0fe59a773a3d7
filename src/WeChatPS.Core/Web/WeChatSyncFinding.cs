namespace WeChatPS;

/// <summary>How serious a finding is.</summary>
public enum FindingLevel : long
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It could not be checked; the finding gives the reason.</summary>
    NotChecked,

    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>It works, but not well, or not for long.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Problem,
}

/// <summary>One thing that Test-WeChatSync looked at.</summary>
/// <param name="Check">What was looked at. Stable: scripts may rely on it.</param>
/// <param name="Level">How serious what was found is.</param>
/// <param name="Found">What was found, in words.</param>
/// <param name="Advice">What can be done about it; empty where nothing has to be.</param>
/// <param name="Session">The session's name; empty when a server was checked without a session.</param>
public sealed record WeChatSyncFinding(string Check, FindingLevel Level, string Found, string Advice, string Session)
{
    /// <summary>The finding as one line.</summary>
    public override string ToString() => Advice.Length == 0 ? $"{Level} {Check}: {Found}" : $"{Level} {Check}: {Found} {Advice}";
}

namespace WeChatPS.Web.Checks;

/// <summary>What a check found, before it is known in whose name.</summary>
internal readonly record struct Finding(FindingLevel Level, string Found, string Advice)
{
    /// <summary>The finding as Test-WeChatSync gives it.</summary>
    public WeChatSyncFinding Named(string check, string session) => new(check, Level, Found, Advice, session);

    public static Finding Ok(string found) => new(FindingLevel.Ok, found, "");

    /// <param name="reason">Why the check could not be made, as a sentence.</param>
    public static Finding NotChecked(string reason) => new(FindingLevel.NotChecked, reason, "");

    public static Finding Note(string found, string advice = "") => new(FindingLevel.Note, found, advice);

    public static Finding Warning(string found, string advice) => new(FindingLevel.Warning, found, advice);

    public static Finding Problem(string found, string advice) => new(FindingLevel.Problem, found, advice);
}

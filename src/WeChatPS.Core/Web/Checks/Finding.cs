namespace WeChatPS.Web.Checks;

/// <summary>The finding of a check, without the names of the check and the session.</summary>
internal readonly record struct Finding(FindingLevel Level, string Found, string Advice)
{
    /// <summary>Converts the finding to the output of Test-WeChatSync.</summary>
    public WeChatSyncFinding Named(string check, string session) => new(check, Level, Found, Advice, session);

    public static Finding Ok(string found) => new(FindingLevel.Ok, found, "");

    /// <param name="reason">The reason why the check was not possible, as a sentence.</param>
    public static Finding NotChecked(string reason) => new(FindingLevel.NotChecked, reason, "");

    public static Finding Note(string found, string advice = "") => new(FindingLevel.Note, found, advice);

    public static Finding Warning(string found, string advice) => new(FindingLevel.Warning, found, advice);

    public static Finding Problem(string found, string advice) => new(FindingLevel.Problem, found, advice);
}

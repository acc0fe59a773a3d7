namespace WeChatPS.Web.Checks;

/// <summary>What a check found, before it is known in whose name.</summary>
internal readonly record struct Finding(FindingLevel Level, string Found, string Advice)
{
    public static Finding Ok(string found) => new(FindingLevel.Ok, found, "");

    public static Finding Note(string found, string advice = "") => new(FindingLevel.Note, found, advice);

    public static Finding Warning(string found, string advice) => new(FindingLevel.Warning, found, advice);

    public static Finding Problem(string found, string advice) => new(FindingLevel.Problem, found, advice);
}

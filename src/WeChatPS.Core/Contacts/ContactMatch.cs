using System.Collections.Generic;

namespace WeChatPS;

/// <summary>The contacts that match a name.</summary>
/// <param name="Candidates">All equally good matches.</param>
internal sealed record ContactMatch(IReadOnlyList<WeChatContact> Candidates)
{
    /// <summary>The only match; null without a match or with several.</summary>
    public WeChatContact? Contact => Candidates.Count == 1 ? Candidates[0] : null;

    public bool IsAmbiguous => Candidates.Count > 1;
}

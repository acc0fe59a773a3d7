using System.Collections.Generic;

namespace WeChatPS;

/// <summary>Whom a name means.</summary>
/// <param name="Candidates">All that the name means equally well.</param>
internal sealed record ContactMatch(IReadOnlyList<WeChatContact> Candidates)
{
    /// <summary>The one; null when there is none or more than one.</summary>
    public WeChatContact? Contact => Candidates.Count == 1 ? Candidates[0] : null;

    public bool IsAmbiguous => Candidates.Count > 1;
}

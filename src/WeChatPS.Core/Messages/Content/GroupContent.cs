using System.Collections.Generic;
using System.Text;

namespace WeChatPS;

/// <summary>Somebody joined the group. Names are as the notice writes them; 你 (you) is this account.</summary>
/// <param name="Names">Who joined; empty when the notice's words are not known here.</param>
/// <param name="InvitedBy">Who invited them, or shared the code; empty when not said.</param>
public sealed record GroupJoinContent(IReadOnlyList<string> Names, string InvitedBy)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Names = {string.Join(", ", Names)}, InvitedBy = {InvitedBy}");
        return true;
    }
}

/// <summary>Somebody left the group. Names are as the notice writes them; 你 (you) is this account.</summary>
/// <param name="Names">Who left; empty when the notice's words are not known here.</param>
/// <param name="RemovedBy">Who removed them; empty when they went by themselves.</param>
public sealed record GroupLeaveContent(IReadOnlyList<string> Names, string RemovedBy)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Names = {string.Join(", ", Names)}, RemovedBy = {RemovedBy}");
        return true;
    }
}

/// <summary>The group has a new name.</summary>
/// <param name="Name">The new name; empty when the notice's words are not known here.</param>
/// <param name="ChangedBy">Who changed it, as the notice writes it; 你 (you) is this account.</param>
public sealed record GroupRenameContent(string Name, string ChangedBy);

/// <summary>Somebody tickled somebody. Names are as the notice writes them; 你 and 我 are this account.</summary>
/// <param name="By">Who tickled; empty when the notice's words are not known here.</param>
/// <param name="Whom">Who was tickled.</param>
/// <param name="IsMe">Whether it was this account that was tickled.</param>
public sealed record TickleContent(string By, string Whom, bool IsMe);

using System.Collections.Generic;
using System.Text;

namespace WeChatPS;

/// <summary>A notice that members joined the group. Names are as in the notice; 你 (you) is this account.</summary>
/// <param name="Names">The names of the new members; empty if the notice's wording is unknown.</param>
/// <param name="InvitedBy">The name of the member who invited them or shared the QR code; empty if unknown.</param>
public sealed record GroupJoinContent(IReadOnlyList<string> Names, string InvitedBy)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Names = {string.Join(", ", Names)}, InvitedBy = {InvitedBy}");
        return true;
    }
}

/// <summary>A notice that members left the group. Names are as in the notice; 你 (you) is this account.</summary>
/// <param name="Names">The names of the former members; empty if the notice's wording is unknown.</param>
/// <param name="RemovedBy">The name of the member who removed them; empty if they left on their own.</param>
public sealed record GroupLeaveContent(IReadOnlyList<string> Names, string RemovedBy)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Names = {string.Join(", ", Names)}, RemovedBy = {RemovedBy}");
        return true;
    }
}

/// <summary>A notice that the group has a new name.</summary>
/// <param name="Name">The new name; empty if the notice's wording is unknown.</param>
/// <param name="ChangedBy">The name of the member who changed it, as in the notice; 你 (you) is this account.</param>
public sealed record GroupRenameContent(string Name, string ChangedBy);

/// <summary>A tickle (拍了拍). Names are as in the notice; 你 and 我 are this account.</summary>
/// <param name="By">The name of the person who tickled; empty if the notice's wording is unknown.</param>
/// <param name="Whom">The name of the tickled person.</param>
/// <param name="IsMe">Whether this account was tickled.</param>
public sealed record TickleContent(string By, string Whom, bool IsMe);

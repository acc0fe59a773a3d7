using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Set-WeChatContact: sets the remark of contacts, and pins or marks chats as read.</summary>
[Cmdlet(VerbsCommon.Set, "WeChatContact", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class SetWeChatContact : SessionCmdlet
{
    /// <summary>Specifies the contacts: ids, remarks, nicknames, contacts, groups, or messages (for their chats).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] Contact { get; set; } = [];

    /// <summary>Specifies the new remark. An empty text removes it. Only friends and official accounts can have a remark.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    [ValidateNotNull]
    public string? Remark { get; set; }

    /// <summary>Indicates that the cmdlet pins the chat to the top. -Pinned:$false unpins it. The remark is unchanged.</summary>
    [Parameter]
    public SwitchParameter Pinned { get; set; }

    /// <summary>Indicates that the cmdlet marks the chat as read on the phone.</summary>
    [Parameter]
    public SwitchParameter MarkRead { get; set; }

    /// <summary>Indicates that the cmdlet returns the changed contact.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Contact[0].Origin;

    private bool IsPinNamed => MyInvocation.BoundParameters.ContainsKey(nameof(Pinned));

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (Remark is null && !IsPinNamed && !MarkRead)
            throw new WeChatException(WeChatErrorReason.NothingToChange, "No change is specified.");
        foreach (ContactRef wanted in Contact)
            await TryAsync(() => ChangeAsync(SessionOf(wanted.Origin), wanted, stop));
    }

    private async Task ChangeAsync(WeChatSession session, ContactRef wanted, CancellationToken stop)
    {
        WeChatContact contact = await wanted.ResolveAsync(session, stop);
        if (!ShouldProcess(contact.Name, string.Join(", ", Changes())))
            return;
        if (Remark is not null)
            await session.SetRemarkAsync(contact, Remark, stop);
        if (IsPinNamed)
            await session.SetPinnedAsync(contact, Pinned, stop);
        if (MarkRead)
            await session.MarkReadAsync(contact, stop);
        if (PassThru)
            WriteObject(session.Current(contact));
    }

    private IEnumerable<string> Changes()
    {
        if (Remark is not null)
            yield return Remark.Length > 0 ? $"Set the remark '{DisplayText.Visible(Remark)}'" : "Remove the remark";
        if (IsPinNamed)
            yield return Pinned ? "Pin" : "Unpin";
        if (MarkRead)
            yield return "Mark as read";
    }
}

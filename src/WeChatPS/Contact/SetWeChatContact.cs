using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Set-WeChatContact: gives contacts a remark, pins conversations, marks them as read.</summary>
[Cmdlet(VerbsCommon.Set, "WeChatContact", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatContact))]
public sealed class SetWeChatContact : SessionCmdlet
{
    /// <summary>Whom it is about: an id, remark or nickname, a contact, a group, or a message (its conversation).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] Contact { get; set; } = [];

    /// <summary>The new remark; an empty text takes it away. Friends and official accounts can have one, groups have names of their own.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    [ValidateNotNull]
    public string? Remark { get; set; }

    /// <summary>Pins the conversation to the top; -Pinned:$false takes it down. The remark stays as it is.</summary>
    [Parameter]
    public SwitchParameter Pinned { get; set; }

    /// <summary>Tells the phone that the conversation was read.</summary>
    [Parameter]
    public SwitchParameter MarkRead { get; set; }

    /// <summary>Gives the contact as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Origin? InputOrigin => Contact[0].Origin;

    private bool IsPinNamed => MyInvocation.BoundParameters.ContainsKey(nameof(Pinned));

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (Remark is null && !IsPinNamed && !MarkRead)
            throw new WeChatException(WeChatErrorReason.NothingToChange, "Nothing is to be changed.");
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
            WriteObject(session.Now(contact));
    }

    private IEnumerable<string> Changes()
    {
        if (Remark is not null)
            yield return Remark.Length > 0 ? $"Set the remark '{DisplayText.Visible(Remark)}'" : "Take the remark away";
        if (IsPinNamed)
            yield return Pinned ? "Pin" : "Unpin";
        if (MarkRead)
            yield return "Mark as read";
    }
}

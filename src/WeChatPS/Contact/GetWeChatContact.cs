using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatContact: the address book, with groups and official accounts, or the recent conversations.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatContact")]
[OutputType(typeof(WeChatContact))]
public sealed class GetWeChatContact : SessionCmdlet
{
    private bool _isFresh;

    /// <summary>Names, remarks or ids to look for.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only these kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContactKind[]? Kind { get; set; }

    /// <summary>Only those that there are conversations with, the latest first.</summary>
    [Parameter]
    public SwitchParameter Recent { get; set; }

    /// <summary>Asks the server again.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        bool refresh = Refresh && !_isFresh;
        IReadOnlyList<WeChatContact> all = Recent
            ? await session.GetRecentContactsAsync(refresh, stop)
            : await session.GetContactsAsync(refresh, stop);
        _isFresh = true;
        foreach (string wanted in Name ?? ["*"])
        {
            var pattern = new NamePattern(wanted);
            WeChatContact[] found = [.. all.Where(one => Kind?.Contains(one.Kind) ?? true).Where(one => IsCalled(one, pattern))];
            if (found.Length == 0 && !pattern.HasWildcards)
            {
                string shown = DisplayText.Visible(wanted);
                string message = Recent
                    ? $"There is no recent conversation with '{shown}'."
                    : $"There is no contact or group '{shown}'.";
                WriteError(new WeChatException(WeChatErrorReason.ContactNotFound, message) { Subject = wanted });
            }

            foreach (WeChatContact contact in found)
                WriteObject(contact);
        }
    }

    private static bool IsCalled(WeChatContact contact, NamePattern pattern) =>
        pattern.Matches(contact.Name, contact.RemarkName, contact.NickName, contact.Alias, contact.Id, contact.UserName);
}

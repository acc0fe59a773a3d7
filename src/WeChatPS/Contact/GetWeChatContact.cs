using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatContact: gets contacts, groups and official accounts.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatContact")]
[OutputType(typeof(WeChatContact))]
public sealed class GetWeChatContact : SessionCmdlet
{
    private bool _isFresh;

    /// <summary>Specifies names, remarks, their pinyin, or ids.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Specifies the kinds of contacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContactKind[]? Kind { get; set; }

    /// <summary>Indicates that the cmdlet gets only contacts with a recent chat, the latest first.</summary>
    [Parameter]
    public SwitchParameter Recent { get; set; }

    /// <summary>Indicates that the cmdlet reloads the contacts from the server.</summary>
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
                    ? $"There is no recent chat with '{shown}'."
                    : $"There is no contact or group '{shown}'.";
                WriteError(new WeChatException(WeChatErrorReason.ContactNotFound, message) { Subject = wanted });
            }

            foreach (WeChatContact contact in found)
                WriteObject(contact);
        }
    }

    private static bool IsCalled(WeChatContact contact, NamePattern pattern) => pattern.Matches(
        contact.Name, contact.RemarkName, contact.NickName, contact.RemarkSpelling, contact.NickSpelling, contact.Alias, contact.Id, contact.UserName);
}

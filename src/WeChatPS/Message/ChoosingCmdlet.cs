using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A cmdlet that delivers messages and has parameters to filter them.</summary>
public abstract class ChoosingCmdlet : SessionCmdlet
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>Specifies people or groups: the cmdlet delivers only messages from these people, in any chat, or in these groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[]? From { get; set; }

    /// <summary>Specifies groups: the cmdlet delivers only messages in these groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[]? Group { get; set; }

    /// <summary>Specifies kinds of chats: the cmdlet delivers only messages in chats with a Friend, a Group, an Official account …</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContactKind[]? FromKind { get; set; }

    /// <summary>Specifies the kinds of messages. By default, all except Status.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MessageKind[]? Kind { get; set; }

    /// <summary>Specifies a regular expression that the text must match. As with -match, case does not matter.</summary>
    [Parameter]
    [ValidateNotNull]
    public Regex? Match { get; set; }

    /// <summary>Indicates that the cmdlet delivers only messages that mention this account (@name).</summary>
    [Parameter]
    public SwitchParameter MentionsMe { get; set; }

    /// <summary>Indicates that the cmdlet also delivers messages that this account sent from the phone or another client.</summary>
    [Parameter]
    public SwitchParameter IncludeSelf { get; set; }

    /// <summary>Indicates that the cmdlet also delivers status messages between the devices of the account (read marks, opened chats).</summary>
    [Parameter]
    public SwitchParameter IncludeStatus { get; set; }

    /// <summary>Indicates that every message stays in the inbox until Complete-WeChatMessage acknowledges it.</summary>
    [Parameter]
    public SwitchParameter NoAck { get; set; }

    private protected async Task<MessageFilter> MakeFilterAsync(WeChatSession session, CancellationToken stop) =>
        await MessageFilter.MakeAsync(session, From, Group, Match, stop) with
        {
            FromKinds = FromKind, Kinds = Kind, OnlyMentions = MentionsMe, IncludeSelf = IncludeSelf, IncludeStatus = IncludeStatus,
        };
}

using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>A cmdlet that gives messages, and lets its caller choose which.</summary>
public abstract class ChoosingCmdlet : SessionCmdlet
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public override SessionRef? Session { get; set; }

    /// <summary>Only what these people wrote, anywhere, or what was written in these groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[]? From { get; set; }

    /// <summary>Only what was written in these groups.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public ContactRef[]? Group { get; set; }

    /// <summary>Only what was written in conversations of these kinds: with a Friend, in a Group, with an Official account …</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContactKind[]? FromKind { get; set; }

    /// <summary>Only these kinds; without it all but Status.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MessageKind[]? Kind { get; set; }

    /// <summary>Only texts that this regular expression finds; as with -match, case does not matter.</summary>
    [Parameter]
    [ValidateNotNull]
    public Regex? Match { get; set; }

    /// <summary>Only messages that address this account (@name).</summary>
    [Parameter]
    public SwitchParameter MentionsMe { get; set; }

    /// <summary>Also what this account wrote on the phone or elsewhere.</summary>
    [Parameter]
    public SwitchParameter IncludeSelf { get; set; }

    /// <summary>Also what the account's devices tell each other (read marks, opened conversations), in addition to other kinds.</summary>
    [Parameter]
    public SwitchParameter IncludeStatus { get; set; }

    /// <summary>Leaves every message in the inbox until Complete-WeChatMessage takes it out.</summary>
    [Parameter]
    public SwitchParameter NoAck { get; set; }

    private protected async Task<MessageFilter> MakeFilterAsync(WeChatSession session, CancellationToken stop) =>
        await MessageFilter.MakeAsync(session, From, Group, Match, stop) with
        {
            FromKinds = FromKind, Kinds = Kind, OnlyMentions = MentionsMe, IncludeSelf = IncludeSelf, IncludeStatus = IncludeStatus,
        };
}

using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Send-WeChatMessage: sends texts or stickers to somebody, answers the messages that are piped in, or passes them on.</summary>
[Cmdlet(
    VerbsCommunications.Send, "WeChatMessage", DefaultParameterSetName = TextSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatReceipt))]
public sealed class SendWeChatMessage : SendingCmdlet
{
    private const string TextSet = "Text";
    private const string ReplySet = "Reply";
    private const string EmoticonSet = "Emoticon";
    private const string EmoticonReplySet = "EmoticonReply";
    private const string ForwardSet = "Forward";

    /// <summary>Who gets it: ids, remarks or nicknames, contacts, groups, or messages to answer. Each gets a message of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = EmoticonSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ForwardSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] To { get; set; } = [];

    /// <summary>A message to answer, or the contact or group to write to.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplySet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = EmoticonReplySet)]
    [ObjectOnly]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>What to say; each string is a message of its own.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplySet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FaceCompleter))]
    [PlainText]
    public string[] Text { get; set; } = [];

    /// <summary>
    /// Members of the group to notify: ids, names, members, contacts, or a message for whoever wrote it. Who is not called by @name in the text
    /// is called before it.
    /// </summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = ReplySet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public MemberRef[] Mention { get; set; } = [];

    /// <summary>Notifies everybody in the group: @所有人, with all members named to the server.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = ReplySet)]
    public SwitchParameter MentionAll { get; set; }

    /// <summary>
    /// Sends a text that is longer as several messages of up to so many characters, cut at ends of lines or at spaces. After one that fails
    /// the rest is not sent. What WeChat takes at most it does not say.
    /// </summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = ReplySet)]
    [ValidateRange(1, int.MaxValue)]
    public int? SplitLength { get; set; }

    /// <summary>Stickers that WeChat knows already, each by its MD5, as the content of a received one says it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmoticonSet)]
    [Parameter(Mandatory = true, ParameterSetName = EmoticonReplySet)]
    [Md5]
    public string[] Emoticon { get; set; } = [];

    /// <summary>Passes messages on: texts, pictures, videos, stickers, files, links, places, as new messages of this account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ForwardSet)]
    public SwitchParameter Forward { get; set; }

    /// <summary>What to pass on: messages that were received, or receipts of those that were sent.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ForwardSet)]
    [ValidateNotNullOrEmpty]
    public ForwardRef[] Message { get; set; } = [];

    private protected override Origin? InputOrigin => ParameterSetName switch
    {
        ReplySet or EmoticonReplySet => InputObject.Origin,
        ForwardSet => Message[0].Origin,
        _ => To[0].Origin,
    };

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ForwardRef message in Message)
            await ForwardAsync(message, await ReceiversAsync(To, message.Origin, stop), stop);
        if (ParameterSetName == ForwardSet)
            return;
        List<Receiver> receivers = ParameterSetName is ReplySet or EmoticonReplySet
            ? await ResolveAsync([InputObject], null, stop)
            : await ReceiversAsync(To, null, stop);
        foreach (string md5 in Emoticon)
        {
            var sticker = MessageBody.KnownEmoticon(md5.ToLowerInvariant());
            foreach (Receiver receiver in receivers)
                await SendAsync(receiver, $"sticker {md5}", 0, options => receiver.Session.SendAsync(receiver.Contact, sticker, options, stop));
        }

        foreach (string text in Text)
        {
            foreach (Receiver receiver in receivers)
                await TryAsync(() => SendAsync(receiver, text, stop));
        }
    }

    private bool IsMention => MentionAll || Mention.Length > 0;

    // what is wrong with it is said before anything goes out, with -WhatIf too
    private async Task SendAsync(Receiver receiver, string text, CancellationToken stop)
    {
        (WeChatSession session, WeChatContact contact) = receiver;
        bool isFirst = true;
        foreach (string part in SplitLength is { } longest && text.Length > longest ? TextParts.Of(text, longest) : [text])
        {
            MessageBody body = IsMention && isFirst ? await MentionAsync(session, contact, part, stop) : MessageBody.Text(part);
            isFirst = false;
            bool isSent = await SendAsync(receiver, $"'{DisplayText.Visible(part, 60)}'", 0, options => session.SendAsync(contact, body, options, stop));
            if (!isSent)
                break;
        }
    }

    private async Task ForwardAsync(ForwardRef message, List<Receiver> receivers, CancellationToken stop)
    {
        MessageBody body;
        try
        {
            body = message.ToBody();
        }
        catch (WeChatException failure)
        {
            WriteError(failure);
            return;
        }

        foreach (Receiver receiver in receivers)
            await SendAsync(receiver, message.ToString(), 0, options => receiver.Session.SendAsync(receiver.Contact, body, options, stop));
    }

    private async Task<MessageBody> MentionAsync(WeChatSession session, WeChatContact group, string text, CancellationToken stop)
    {
        if (!group.IsGroup)
        {
            throw new WeChatException(
                WeChatErrorReason.ContactNotFound, $"'{group.Name}' is not a group: nobody can be mentioned there.") { Subject = group.Name };
        }

        IReadOnlyList<WeChatGroupMember> members = await session.GetMembersAsync(group, refresh: false, stop);
        var named = new List<WeChatGroupMember>();
        foreach (MemberRef one in Mention)
        {
            WeChatGroupMember member = await one.ResolveAsync(session, group, members, stop);
            if (!named.Contains(member))
                named.Add(member);
        }

        string called = WeChatPS.Mention.Add(text, named);
        return MessageBody.Text(MentionAll ? WeChatPS.Mention.AddAll(called) : called) with
        {
            Mentions = [.. (MentionAll ? members : named).Select(one => one.UserName).Where(one => one != session.User?.UserName)],
        };
    }
}

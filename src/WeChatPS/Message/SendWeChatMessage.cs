using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Send-WeChatMessage: sends texts and stickers, replies to piped messages, or forwards them.</summary>
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

    /// <summary>Specifies the recipients: ids, remarks, nicknames, contacts, groups, or messages to reply to. Each recipient gets a separate message.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = EmoticonSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ForwardSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] To { get; set; } = [];

    /// <summary>Specifies a message to reply to, or the contact or group to send to.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplySet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = EmoticonReplySet)]
    [ObjectOnly]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>Specifies the texts. Each string is a separate message.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplySet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FaceCompleter))]
    [PlainText]
    public string[] Text { get; set; } = [];

    /// <summary>
    /// Specifies group members to mention: ids, names, members, contacts, or messages for their senders. The cmdlet puts @name before the text
    /// for each member that the text does not mention.
    /// </summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = ReplySet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public MemberRef[] Mention { get; set; } = [];

    /// <summary>Indicates that the cmdlet mentions all members of the group: @所有人, with all members in the request.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = ReplySet)]
    public SwitchParameter MentionAll { get; set; }

    /// <summary>
    /// Specifies the maximum length of a message. A longer text becomes several messages, split at line ends or spaces. After a failed part, the
    /// rest is not sent. WeChat's own limit is unknown.
    /// </summary>
    [Parameter(ParameterSetName = TextSet)]
    [Parameter(ParameterSetName = ReplySet)]
    [ValidateRange(1, int.MaxValue)]
    public int? SplitLength { get; set; }

    /// <summary>Specifies stickers that WeChat already has, by the MD5 from the content of a received sticker.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmoticonSet)]
    [Parameter(Mandatory = true, ParameterSetName = EmoticonReplySet)]
    [Md5]
    public string[] Emoticon { get; set; } = [];

    /// <summary>Indicates that the cmdlet forwards messages (texts, images, videos, stickers, files, links, locations) as new messages of this account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ForwardSet)]
    public SwitchParameter Forward { get; set; }

    /// <summary>Specifies the messages to forward: received messages, or receipts of sent ones.</summary>
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
            await ForwardAsync(message, await RecipientsAsync(To, message.Origin, stop), stop);
        if (ParameterSetName == ForwardSet)
            return;
        List<Recipient> recipients = ParameterSetName is ReplySet or EmoticonReplySet
            ? await ResolveAsync([InputObject], null, stop)
            : await RecipientsAsync(To, null, stop);
        foreach (string md5 in Emoticon)
        {
            var sticker = MessageBody.KnownEmoticon(md5.ToLowerInvariant());
            foreach (Recipient to in recipients)
                await SendAsync(to, $"sticker {md5}", 0, options => to.Session.SendAsync(to.Contact, sticker, options, stop));
        }

        foreach (string text in Text)
        {
            foreach (Recipient to in recipients)
                await TryAsync(() => SendAsync(to, text, stop));
        }
    }

    private bool IsMention => MentionAll || Mention.Length > 0;

    // Mentions are resolved before the first part is sent, so errors appear with -WhatIf too.
    private async Task SendAsync(Recipient to, string text, CancellationToken stop)
    {
        (WeChatSession session, WeChatContact contact) = to;
        bool isFirst = true;
        foreach (string part in SplitLength is { } longest && text.Length > longest ? TextParts.Of(text, longest) : [text])
        {
            MessageBody body = IsMention && isFirst ? await MentionAsync(session, contact, part, stop) : MessageBody.Text(part);
            isFirst = false;
            bool isSent = await SendAsync(to, $"'{DisplayText.Visible(part, 60)}'", 0, options => session.SendAsync(contact, body, options, stop));
            if (!isSent)
                break;
        }
    }

    private async Task ForwardAsync(ForwardRef message, List<Recipient> recipients, CancellationToken stop)
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

        foreach (Recipient to in recipients)
            await SendAsync(to, message.ToString(), 0, options => to.Session.SendAsync(to.Contact, body, options, stop));
    }

    private async Task<MessageBody> MentionAsync(WeChatSession session, WeChatContact group, string text, CancellationToken stop)
    {
        if (!group.IsGroup)
        {
            throw new WeChatException(
                WeChatErrorReason.ContactNotFound, $"'{group.Name}' is not a group. Only group members can be mentioned.") { Subject = group.Name };
        }

        IReadOnlyList<WeChatGroupMember> members = await session.GetMembersAsync(group, refresh: false, stop);
        var named = new List<WeChatGroupMember>();
        foreach (MemberRef one in Mention)
        {
            WeChatGroupMember member = await one.ResolveAsync(session, group, members, stop);
            if (!named.Contains(member))
                named.Add(member);
        }

        string mentioning = WeChatPS.Mention.Add(text, named);
        return MessageBody.Text(MentionAll ? WeChatPS.Mention.AddAll(mentioning) : mentioning) with
        {
            Mentions = [.. (MentionAll ? members : named).Select(one => one.UserName).Where(one => one != session.User?.UserName)],
        };
    }
}

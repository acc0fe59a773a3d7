using System.Collections.Generic;
using System.Security;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>A text on its way out.</summary>
/// <param name="From">The account's own user name.</param>
/// <param name="To">The receiver's user name.</param>
/// <param name="Text">The text, with real emoji and line feeds.</param>
/// <param name="ClientMsgId">Its identity for life (<see cref="ClientMsgIds"/>), which a repeated request keeps.</param>
internal sealed record OutgoingText(string From, string To, string Text, string ClientMsgId)
{
    /// <summary>User names of the group's members to notify; their <c>@name</c> has to be in the text as well.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Whether it is somebody else's text, passed on.</summary>
    public bool IsForwarded { get; init; }
}

/// <summary>Messages out.</summary>
internal static class SendRequests
{
    private const int TextType = 1;
    private const int ForwardScene = 2;

    /// <summary>A text message. <c>Scene</c> has to be there, or some accounts are refused.</summary>
    public static WireRequest Text(WebEndpoints endpoints, WebCredentials credentials, OutgoingText message) =>
        LoginRequests.Post("webwxsendmsg", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxsendmsg").AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                writer.WriteStartObject("Msg");
                writer.WriteNumber("Type", TextType);
                writer.WriteString("Content", WireText.WellFormed(message.Text.Replace("\r\n", "\n")));
                writer.WriteString("FromUserName", message.From);
                writer.WriteString("ToUserName", message.To);
                writer.WriteString("LocalID", message.ClientMsgId);
                writer.WriteString("ClientMsgId", message.ClientMsgId);
                if (message.Mentions.Count > 0)
                    writer.WriteString("MsgSource", MentionSource(message));
                writer.WriteEndObject();
                writer.WriteNumber("Scene", message.IsForwarded ? ForwardScene : 0);
            }));

    private static string MentionSource(OutgoingText message) =>
        $"<msgsource><atusername>{SecurityElement.Escape(string.Join(",", message.Mentions))}</atusername>"
        + $"<atchatroomname>{SecurityElement.Escape(message.To)}</atchatroomname></msgsource>";
}

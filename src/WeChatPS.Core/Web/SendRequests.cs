using System.Security;
using System.Text.Json;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>The requests that send and recall messages.</summary>
internal static class SendRequests
{
    // The values of Scene and EmojiFlag in the official web client.
    private const int ForwardScene = 2;
    private const int EmojiFlag = 2;

    /// <summary>Sends a message. <c>Scene</c> is required: without it, the server refuses some accounts with 1204 (WeixinBot issue 116).</summary>
    public static WireRequest Message(WebEndpoints endpoints, WebCredentials credentials, OutgoingMessage message)
    {
        MessageBody body = message.Body;
        return LoginRequests.Post(
            body.Endpoint,
            new WireQuery(endpoints.Api, WebEndpoints.Prefix + body.Endpoint + body.Query).AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                writer.WriteStartObject("Msg");
                Write(writer, message, body);
                writer.WriteEndObject();
                writer.WriteNumber("Scene", body.IsForwarded ? ForwardScene : 0);
            }));
    }

    /// <summary>Recalls a message.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="to">The recipient's user name.</param>
    /// <param name="messageId">The server's id of the message.</param>
    /// <param name="clientMsgId">The message's ClientMsgId.</param>
    public static WireRequest Revoke(WebEndpoints endpoints, WebCredentials credentials, string to, string messageId, string clientMsgId) =>
        LoginRequests.Post("webwxrevokemsg", new WireQuery(endpoints.Api, WebEndpoints.Prefix + "webwxrevokemsg").AddTicket(credentials),
            WireJson.Request(credentials, writer =>
            {
                writer.WriteString("ClientMsgId", clientMsgId);
                writer.WriteString("SvrMsgId", messageId);
                writer.WriteString("ToUserName", to);
            }));

    private static void Write(Utf8JsonWriter writer, OutgoingMessage message, MessageBody body)
    {
        writer.WriteNumber("Type", body.Type);
        writer.WriteString("Content", body.Content);
        writer.WriteString("FromUserName", message.From);
        writer.WriteString("ToUserName", message.To);
        writer.WriteString("LocalID", message.ClientMsgId);
        writer.WriteString("ClientMsgId", message.ClientMsgId);
        if (body.MediaId.Length > 0) writer.WriteString("MediaId", body.MediaId);
        if (body.EmoticonMd5.Length > 0) writer.WriteString("EMoticonMd5", body.EmoticonMd5);
        if (body.IsEmoticon) writer.WriteNumber("EmojiFlag", EmojiFlag);
        if (body.Signature.Length > 0) writer.WriteString("Signature", body.Signature);
        if (body.Mentions.Count > 0) writer.WriteString("MsgSource", MentionSource(message));
    }

    private static string MentionSource(OutgoingMessage message) =>
        $"<msgsource><atusername>{SecurityElement.Escape(string.Join(",", message.Body.Mentions))}</atusername>"
        + $"<atchatroomname>{SecurityElement.Escape(message.To)}</atchatroomname></msgsource>";
}

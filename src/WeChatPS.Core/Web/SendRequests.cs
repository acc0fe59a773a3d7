using System.Security;
using System.Text.Json;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>Messages out, and back.</summary>
internal static class SendRequests
{
    private const int ForwardScene = 2;
    private const int EmojiFlag = 2;

    /// <summary>A message. <c>Scene</c> has to be there, or some accounts are refused.</summary>
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

    /// <summary>Takes a message back.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's.</param>
    /// <param name="to">The receiver's user name.</param>
    /// <param name="messageId">The server's id of the message.</param>
    /// <param name="clientMsgId">Our own.</param>
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

using System;
using System.Collections.Generic;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>A change of a group: the server's name for it, and the property with its value.</summary>
/// <param name="Function">The query parameter <c>fun</c>, which the server requires.</param>
/// <param name="Property">The property in the body, or null.</param>
internal sealed record GroupChange(string Function, string? Property)
{
    public static readonly GroupChange Add = new("addmember", "AddMemberList");
    public static readonly GroupChange Invite = new("invitemember", "InviteMemberList");
    public static readonly GroupChange Remove = new("delmember", "DelMemberList");
    public static readonly GroupChange Rename = new("modtopic", "NewTopic");
    public static readonly GroupChange Leave = new("quitchatroom", null);
}

/// <summary>The <c>Opcode</c> of webwxverifyuser (official web client).</summary>
internal enum FriendOperation
{
    /// <summary>Sends a friend request.</summary>
    Ask = 2,

    /// <summary>Accepts a friend request.</summary>
    Accept = 3,

    /// <summary>Rejects a friend request.</summary>
    Refuse = 4,
}

/// <summary>The requests that change contacts, groups and friendships. They are not retried.</summary>
internal static class PeopleRequests
{
    // The CmdId values of webwxoplog and the scene of the web client (openwechat's client.go).
    private const int RemarkCommand = 2;
    private const int PinCommand = 3;
    private const int WebScene = 33;

    /// <summary>Sets a remark, or removes it with an empty one.</summary>
    public static WireRequest Remark(WebEndpoints endpoints, WebCredentials credentials, string userName, string remark) =>
        Post(endpoints, credentials, "webwxoplog", query => query, writer =>
        {
            writer.WriteNumber("CmdId", RemarkCommand);
            writer.WriteString("RemarkName", WireText.WellFormed(remark));
            writer.WriteString("UserName", userName);
        });

    /// <summary>Pins or unpins a chat.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="userName">The user name of the chat.</param>
    /// <param name="pinned">True to pin, false to unpin.</param>
    /// <param name="remark">The current remark. The server removes the remark if it is missing here.</param>
    public static WireRequest Pin(WebEndpoints endpoints, WebCredentials credentials, string userName, bool pinned, string remark) =>
        Post(endpoints, credentials, "webwxoplog", query => query, writer =>
        {
            writer.WriteNumber("CmdId", PinCommand);
            writer.WriteNumber("OP", pinned ? 1 : 0);
            writer.WriteString("RemarkName", WireText.WellFormed(remark));
            writer.WriteString("UserName", userName);
        });

    /// <summary>Creates a group with at least two other members.</summary>
    public static WireRequest NewGroup(
        WebEndpoints endpoints, WebCredentials credentials, IReadOnlyCollection<string> members, string topic, DateTimeOffset now) =>
        Post(endpoints, credentials, "webwxcreatechatroom", query => query.Add("r", LoginRequests.Inverted(now)), writer =>
        {
            writer.WriteNumber("MemberCount", members.Count);
            writer.WriteStartArray("MemberList");
            foreach (string member in members)
            {
                writer.WriteStartObject();
                writer.WriteString("UserName", member);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("Topic", WireText.WellFormed(topic));
        });

    /// <summary>Changes a group.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="group">The group's user name.</param>
    /// <param name="change">The change.</param>
    /// <param name="value">The new topic, or user names separated by commas, or an empty text.</param>
    public static WireRequest ChangeGroup(WebEndpoints endpoints, WebCredentials credentials, string group, GroupChange change, string value) =>
        Post(endpoints, credentials, "webwxupdatechatroom", query => query.Add("fun", change.Function), writer =>
        {
            if (change.Property is not null) writer.WriteString(change.Property, WireText.WellFormed(value));
            writer.WriteString("ChatRoomName", group);
        });

    /// <summary>Sends, accepts or rejects a friend request.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's credentials.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="userName">The other person.</param>
    /// <param name="ticket">The ticket of the received friend request; empty for a new request.</param>
    /// <param name="greeting">The greeting.</param>
    /// <param name="now">The time.</param>
    public static WireRequest Friend(
        WebEndpoints endpoints, WebCredentials credentials, FriendOperation operation, string userName, string ticket, string greeting, DateTimeOffset now) =>
        Post(endpoints, credentials, "webwxverifyuser", query => query.Add("r", now.ToUnixTimeMilliseconds()), writer =>
        {
            writer.WriteNumber("Opcode", (int)operation);
            writer.WriteNumber("VerifyUserListSize", 1);
            writer.WriteStartArray("VerifyUserList");
            writer.WriteStartObject();
            writer.WriteString("Value", userName);
            writer.WriteString("VerifyUserTicket", ticket);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteString("VerifyContent", WireText.WellFormed(greeting));
            writer.WriteNumber("SceneListCount", 1);
            writer.WriteStartArray("SceneList");
            writer.WriteNumberValue(WebScene);
            writer.WriteEndArray();
            writer.WriteString("skey", credentials.Skey);
        });

    private static WireRequest Post(
        WebEndpoints endpoints, WebCredentials credentials, string endpoint, Func<WireQuery, WireQuery> parameters,
        Action<System.Text.Json.Utf8JsonWriter> body) =>
        LoginRequests.Post(
            endpoint,
            parameters(new WireQuery(endpoints.Api, WebEndpoints.Prefix + endpoint)).AddTicket(credentials),
            WireJson.Request(credentials, body));
}

using System;
using System.Collections.Generic;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>What can be done to a group, as the server calls it, with the property that carries the particulars.</summary>
/// <param name="Function">The query's <c>fun</c>. Without it the server does nothing.</param>
/// <param name="Property">The body's property; null where there is none.</param>
internal sealed record GroupChange(string Function, string? Property)
{
    public static readonly GroupChange Add = new("addmember", "AddMemberList");
    public static readonly GroupChange Invite = new("invitemember", "InviteMemberList");
    public static readonly GroupChange Remove = new("delmember", "DelMemberList");
    public static readonly GroupChange Rename = new("modtopic", "NewTopic");
    public static readonly GroupChange Leave = new("quitchatroom", null);
}

/// <summary>What a request about a friendship wants.</summary>
internal enum FriendOperation
{
    /// <summary>Asks somebody to become a friend.</summary>
    Ask = 2,

    /// <summary>Accepts somebody's request.</summary>
    Accept = 3,

    /// <summary>Turns somebody's request down.</summary>
    Refuse = 4,
}

/// <summary>Changes to contacts, groups and friendships. None of them may be repeated blindly.</summary>
internal static class PeopleRequests
{
    private const int RemarkCommand = 2;
    private const int PinCommand = 3;
    private const int WebScene = 33;

    /// <summary>Sets a remark; an empty one takes it away.</summary>
    public static WireRequest Remark(WebEndpoints endpoints, WebCredentials credentials, string userName, string remark) =>
        Post(endpoints, credentials, "webwxoplog", query => query, writer =>
        {
            writer.WriteNumber("CmdId", RemarkCommand);
            writer.WriteString("RemarkName", WireText.WellFormed(remark));
            writer.WriteString("UserName", userName);
        });

    /// <summary>Pins a conversation, or takes it down.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's.</param>
    /// <param name="userName">Whose conversation.</param>
    /// <param name="pinned">Which.</param>
    /// <param name="remark">The present remark: without it the server takes it away.</param>
    public static WireRequest Pin(WebEndpoints endpoints, WebCredentials credentials, string userName, bool pinned, string remark) =>
        Post(endpoints, credentials, "webwxoplog", query => query, writer =>
        {
            writer.WriteNumber("CmdId", PinCommand);
            writer.WriteNumber("OP", pinned ? 1 : 0);
            writer.WriteString("RemarkName", WireText.WellFormed(remark));
            writer.WriteString("UserName", userName);
        });

    /// <summary>Makes a group of this account and at least two others.</summary>
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
    /// <param name="credentials">The session's.</param>
    /// <param name="group">The group's user name.</param>
    /// <param name="change">What to do.</param>
    /// <param name="value">The new topic, or user names with commas between them; empty where nothing is to be said.</param>
    public static WireRequest ChangeGroup(WebEndpoints endpoints, WebCredentials credentials, string group, GroupChange change, string value) =>
        Post(endpoints, credentials, "webwxupdatechatroom", query => query.Add("fun", change.Function), writer =>
        {
            if (change.Property is not null) writer.WriteString(change.Property, WireText.WellFormed(value));
            writer.WriteString("ChatRoomName", group);
        });

    /// <summary>Asks somebody to become a friend, or answers who asked.</summary>
    /// <param name="endpoints">The servers.</param>
    /// <param name="credentials">The session's.</param>
    /// <param name="operation">Which of these.</param>
    /// <param name="userName">The other person.</param>
    /// <param name="ticket">What the request to answer carried; empty for an own one.</param>
    /// <param name="greeting">Words that go with it.</param>
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

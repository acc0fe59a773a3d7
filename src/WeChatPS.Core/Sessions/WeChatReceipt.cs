using System;
using System.Globalization;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The receipt of a message that the server accepted.</summary>
/// <param name="MessageId">The server's id of the message.</param>
/// <param name="ClientMsgId">The client's id of the message, the same on every attempt.</param>
/// <param name="To">The recipient.</param>
/// <param name="Time">The time when the server accepted the message.</param>
/// <param name="Attempts">The number of attempts until a response came. The server drops duplicates by ClientMsgId.</param>
/// <param name="Session">The session's name.</param>
public sealed record WeChatReceipt(
    string MessageId, string ClientMsgId, WeChatContact To, DateTimeOffset Time, int Attempts, string Session)
{
    /// <summary>The official clients offer a recall for this time.</summary>
    internal static readonly TimeSpan RevokeWindow = TimeSpan.FromMinutes(2);

    /// <summary>The end of the time for a recall.</summary>
    public DateTimeOffset RevocableUntil => Time + RevokeWindow;

    /// <summary>The account that sent it (<see cref="WeChatSession.Account"/>).</summary>
    internal long Account { get; init; }

    /// <summary>The session and account that sent the message and can recall it.</summary>
    internal Origin Origin => new(Session, Account);

    /// <summary>The content, for forwarding.</summary>
    internal MessageBody? Body { get; init; }

    /// <summary>The receipt as one line without control characters: <c>[12:01] → name</c>.</summary>
    public override string ToString()
    {
        string time = Time.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);
        return $"[{time}] → {To}" + (Attempts > 1 ? $" ({Attempts} attempts)" : "");
    }
}

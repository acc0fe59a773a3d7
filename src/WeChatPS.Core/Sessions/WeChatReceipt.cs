using System;
using System.Globalization;
using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The server took a message.</summary>
/// <param name="MessageId">The server's id of the message.</param>
/// <param name="ClientMsgId">Our own id of the message: the same one on every attempt.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Time">When the server took it.</param>
/// <param name="Attempts">How often it was sent until a reply came; the server drops the doubles by ClientMsgId.</param>
/// <param name="Session">The session's name.</param>
public sealed record WeChatReceipt(
    string MessageId, string ClientMsgId, WeChatContact To, DateTimeOffset Time, int Attempts, string Session)
{
    /// <summary>As long as the official clients offer it.</summary>
    internal static readonly TimeSpan RevokeWindow = TimeSpan.FromMinutes(2);

    /// <summary>Until when it can be taken back.</summary>
    public DateTimeOffset RevocableUntil => Time + RevokeWindow;

    /// <summary>The account that sent it (<see cref="WeChatSession.Account"/>).</summary>
    internal long Account { get; init; }

    /// <summary>The session and the account that sent it: who can recall it.</summary>
    internal Origin Origin => new(Session, Account);

    /// <summary>What was sent, for passing it on.</summary>
    internal MessageBody? Body { get; init; }

    /// <summary>One line, fit for a terminal: <c>[12:01] → name</c>.</summary>
    public override string ToString()
    {
        string time = Time.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);
        return $"[{time}] → {To}" + (Attempts > 1 ? $" ({Attempts} attempts)" : "");
    }
}

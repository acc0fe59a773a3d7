using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WeChatPS;

/// <summary>A place on the map.</summary>
/// <param name="Latitude">In degrees; null when not said.</param>
/// <param name="Longitude">In degrees; null when not said.</param>
/// <param name="Address">The address.</param>
/// <param name="Name">The place's name; empty when it has none.</param>
public sealed record LocationContent(double? Latitude, double? Longitude, string Address, string Name)
{
    /// <summary>The page of a map that shows it; empty when not said.</summary>
    public string Url { get; init; } = "";
}

/// <summary>A message was taken back.</summary>
/// <param name="MessageId">The id of the message taken back; empty: this account's last one.</param>
/// <param name="Notice">WeChat's words for it.</param>
public sealed record RecallContent(string MessageId, string Notice)
{
    /// <summary>The message itself; null when the session does not remember it (any more).</summary>
    public WeChatMessage? Original { get; init; }
}

/// <summary>Somebody shares the own place as it changes.</summary>
/// <param name="HasEnded">Whether the sharing is over; otherwise it begins.</param>
public sealed record LiveLocationContent(bool HasEnded);

/// <summary>A voice or video call. It can be taken on the phone alone.</summary>
/// <param name="IsInvite">Whether somebody calls; otherwise it is news of a call.</param>
/// <param name="IsVideo">Whether with pictures; null when not said.</param>
public sealed record CallContent(bool IsInvite, bool? IsVideo);

/// <summary>A red packet. It can be opened on the phone alone.</summary>
/// <param name="IsSent">Whether this account gave it.</param>
/// <param name="Greeting">What the giver wrote; empty when not said.</param>
public sealed record RedPacketContent(bool IsSent, string Greeting);

/// <summary>Talk between the account's own devices.</summary>
/// <param name="Code">1 read, 2 conversation opened, 3 client started, 4 recent conversations, 5 conversation left; 0 for others.</param>
/// <param name="UserNames">The conversations that it is about.</param>
public sealed record StatusContent(int Code, IReadOnlyList<string> UserNames)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Code = ").Append(Code.ToString(CultureInfo.InvariantCulture)).Append(", UserNames = ").Append(string.Join(", ", UserNames));
        return true;
    }
}

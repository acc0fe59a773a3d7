using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WeChatPS;

/// <summary>A location.</summary>
/// <param name="Latitude">The latitude in degrees; null if unknown.</param>
/// <param name="Longitude">The longitude in degrees; null if unknown.</param>
/// <param name="Address">The address.</param>
/// <param name="Name">The place's name; empty if unknown.</param>
public sealed record LocationContent(double? Latitude, double? Longitude, string Address, string Name)
{
    /// <summary>The address of a map; empty if unknown.</summary>
    public string Url { get; init; } = "";
}

/// <summary>A recalled message.</summary>
/// <param name="MessageId">The id of the recalled message; empty for this account's last message.</param>
/// <param name="Notice">WeChat's text.</param>
public sealed record RecallContent(string MessageId, string Notice)
{
    /// <summary>The recalled message; null if it is not in the session's memory.</summary>
    public WeChatMessage? Original { get; init; }
}

/// <summary>A live location.</summary>
/// <param name="HasEnded">Whether the sharing has ended; false when it starts.</param>
public sealed record LiveLocationContent(bool HasEnded);

/// <summary>A voice or video call. Calls can only be answered on the phone.</summary>
/// <param name="IsInvite">Whether this is a call; false for a notice about a call.</param>
/// <param name="IsVideo">Whether it is a video call; null if unknown.</param>
public sealed record CallContent(bool IsInvite, bool? IsVideo);

/// <summary>A red packet, which can only be opened on the phone.</summary>
/// <param name="IsSent">Whether this account sent it.</param>
/// <param name="Greeting">The sender's greeting; empty if unknown.</param>
public sealed record RedPacketContent(bool IsSent, string Greeting);

/// <summary>A status notice between the account's devices.</summary>
/// <param name="Code">1 chat read, 2 chat opened, 3 client started, 4 recent chats, 5 chat closed; 0 for others.</param>
/// <param name="UserNames">The user names of the chats.</param>
public sealed record StatusContent(int Code, IReadOnlyList<string> UserNames)
{
    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Code = ").Append(Code.ToString(CultureInfo.InvariantCulture)).Append(", UserNames = ").Append(string.Join(", ", UserNames));
        return true;
    }
}

using System;
using System.Threading;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>
/// Tells whether what a server sends belongs to this session's account. A server or proxy that mixes up its sessions sends the data of
/// another account, and a session that adopts it acts in that person's name. What is not ours is refused, and said once of each kind.
/// </summary>
/// <param name="book">The contacts, which know the account's user names.</param>
/// <param name="warn">Called with a sentence about what was refused.</param>
internal sealed class OwnAccount(ContactBook book, Action<string> warn)
{
    private int _saidOfReply;
    private int _saidOfProfile;
    private int _saidOfMessage;

    /// <summary>Whether a response to webwxinit is about an account.</summary>
    /// <param name="init">The response.</param>
    /// <param name="uin">The account's number.</param>
    /// <param name="userName">The account's user name in this login, which a login keeps for life; empty before the first response.</param>
    public static bool IsOf(InitReply init, long uin, string userName) => init.User is { } user
        // Uins have 32 bits. A server that takes them for signed numbers sends them below zero.
        && (init.Uin == 0 || uin == 0 || unchecked((uint)init.Uin == (uint)uin))
        && (userName.Length == 0 || user.UserName == userName);

    /// <summary>Whether a later response to webwxinit is about this account.</summary>
    public bool Accepts(InitReply init, long uin) => IsOf(init, uin, book.Self?.UserName ?? "")
        || Refuse(ref _saidOfReply, "WeChat answered with the data of another account. It was not used. If this happens again, run Connect-WeChat with -Login Qr.");

    /// <summary>Whether a changed profile is this account's. A profile without a user name is.</summary>
    public bool AcceptsProfile(string userName) => userName.Length == 0 || book.IsSelf(userName)
        || Refuse(ref _saidOfProfile, "WeChat sent the profile of another account. It was not used.");

    /// <summary>Whether a message is from or to this account, a group or a service.</summary>
    /// <param name="message">The message.</param>
    /// <param name="where">What happens to the messages that are not, as a sentence.</param>
    public bool Accepts(WeChatMessage message, string where) => !message.IsBetweenOthers
        || Refuse(ref _saidOfMessage, $"WeChat sent messages that are neither from nor to this account. {where}");

    private bool Refuse(ref int said, string text)
    {
        if (Interlocked.Exchange(ref said, 1) == 0) warn(text);
        return false;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Determines the kinds of contacts by user names and flags. The special accounts are from the official web client.</summary>
internal static class ContactKinds
{
    private static readonly HashSet<string> s_special = new(StringComparer.Ordinal)
    {
        "newsapp", "fmessage", "filehelper", "weibo", "qqmail", "tmessage", "qmessage", "qqsync", "floatbottle", "lbsapp", "shakeapp",
        "medianote", "qqfriend", "readerapp", "blogapp", "facebookapp", "masssendapp", "meishiapp", "feedsapp", "voip", "blogappweixin",
        "weixin", "brandsessionholder", "weixinreminder", "officialaccounts", "notification_messages", "wxitil", "userexperience_alarm",
        "wxid_novlwrv3lqwv11", "gh_22b87fa7cb3c",
    };

    private static readonly string[] s_shielded = ["@qqim", "@lbsroom", "@talkroom"];

    public static bool IsGroup(string userName) =>
        userName.StartsWith("@@", StringComparison.Ordinal) || userName.EndsWith("@chatroom", StringComparison.Ordinal);

    /// <summary>Whether a user name is valid for one login only.</summary>
    public static bool IsPassing(string userName) => userName.Length > 0 && userName[0] == '@';

    /// <summary>Whether a text has the form of an id, so that it must not match a name.</summary>
    public static bool LooksLikeId(string text) =>
        text.StartsWith("wxid_", StringComparison.OrdinalIgnoreCase) || text.StartsWith("gh_", StringComparison.OrdinalIgnoreCase)
        || Fingerprint.IsOne(text) || text.EndsWith("@chatroom", StringComparison.OrdinalIgnoreCase) || IsHashed(text);

    private static bool IsHashed(string text)
    {
        const int LeastDigits = 32;
        string digits = text.TrimStart('@');
        return digits.Length < text.Length && digits.Length >= LeastDigits && digits.All(IsHexDigit);
    }

    private static bool IsHexDigit(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    /// <summary>Gets the kind of a contact, except the account itself, which only the session knows.</summary>
    public static ContactKind Of(string userName, ContactFlags flags, VerifyFlags verify)
    {
        if (s_special.Contains(userName))
            return ContactKind.Special;
        if (IsGroup(userName))
            return ContactKind.Group;
        if ((verify & VerifyFlags.Official) != 0)
            return ContactKind.Official;
        if (Array.Exists(s_shielded, end => userName.EndsWith(end, StringComparison.Ordinal)))
            return ContactKind.Special;
        return (flags & ContactFlags.Contact) != 0 ? ContactKind.Friend : ContactKind.Stranger;
    }
}

using System;

namespace WeChatPS;

/// <summary>The prefix <c>user name:&lt;br/&gt;</c> of other people's messages in a group.</summary>
internal static class SenderPrefix
{
    private const string End = ":<br/>";
    private const int NoticeType = 10000;

    public static bool TryRead(WireMessage message, out string userName)
    {
        userName = "";
        if (message.MsgType == NoticeType)
            return false;
        string content = message.Content;
        int end = content.IndexOf(':');
        if (end <= 0 || string.CompareOrdinal(content, end, End, 0, End.Length) != 0 || !IsUserName(content.AsSpan(0, end)))
            return false;
        userName = content.Substring(0, end);
        message.PrefixLength = end + End.Length;
        return true;
    }

    private static bool IsUserName(ReadOnlySpan<char> name)
    {
        bool isHashed = name[0] == '@';
        foreach (char c in isHashed ? name.Slice(1) : name)
        {
            bool fits = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || (!isHashed && c is '_' or '-');
            if (!fits)
                return false;
        }
        return name.Length > 1 || !isHashed;
    }
}

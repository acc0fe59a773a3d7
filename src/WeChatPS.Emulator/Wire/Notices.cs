namespace WeChatPS.Emulator.Wire;

/// <summary>The texts of the server's notices. Names are in quotes, and the account itself is not.</summary>
internal static class Notices
{
    /// <summary>Gets the text; null if the message names no person.</summary>
    /// <param name="message">The message. Its text is the affected member or the group's new name.</param>
    /// <param name="by">The acting member, or null for the account itself.</param>
    public static string? Of(IncomingMessage message, Contact? by)
    {
        string you = by is null ? "你" : Quoted(by.ToString());
        string? whom = message.Text.Length > 0 ? Quoted(message.Text) : null;
        return message.Kind switch
        {
            MessageKind.Tickle => by is null ? $"我拍了拍{whom ?? "自己"}" : $"{you} 拍了拍{whom ?? "我"}",
            MessageKind.RedPacket => by is null ? "发出红包，请在手机上查看" : "收到红包，请在手机上查看",
            MessageKind.GroupJoin when whom is not null || by is not null => $"{you}邀请{whom ?? "你"}加入了群聊",
            MessageKind.GroupLeave when whom is not null => $"{you}将{whom}移出了群聊",
            MessageKind.GroupLeave when by is not null => $"你被{you}移出群聊",
            MessageKind.GroupRename when whom is not null => $"{you}修改群名为“{message.Text}”",
            MessageKind.System => message.Text,
            _ => null,
        };
    }

    private static string Quoted(string name) => $"\"{name}\"";
}

using System;

namespace WeChatPS;

/// <summary>A notice of a session (Register-WeChatEvent Notice). The next cmdlet that uses the session also writes it.</summary>
public sealed class WeChatNoticeEventArgs : EventArgs
{
    internal WeChatNoticeEventArgs(string session, SessionNotice notice, DateTimeOffset time) =>
        (Session, IsWarning, Text, Time) = (session, notice.Level == NoticeLevel.Warning, notice.Text, time);

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>Whether the notice is a warning.</summary>
    public bool IsWarning { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The time of the notice.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The notice as one line without control characters.</summary>
    public override string ToString() => $"{Session}: {DisplayText.Visible(Text)}";
}

using System;

namespace WeChatPS;

/// <summary>A session has something to say (Register-WeChatEvent Notice). The next cmdlet that works with it says it too.</summary>
public sealed class WeChatNoticeEventArgs : EventArgs
{
    internal WeChatNoticeEventArgs(string session, SessionNotice notice, DateTimeOffset time) =>
        (Session, IsWarning, Text, Time) = (session, notice.Level == NoticeLevel.Warning, notice.Text, time);

    /// <summary>The session's name.</summary>
    public string Session { get; }

    /// <summary>Whether something is wrong.</summary>
    public bool IsWarning { get; }

    /// <summary>What, in words.</summary>
    public string Text { get; }

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>One line, fit for a terminal.</summary>
    public override string ToString() => $"{Session}: {DisplayText.Visible(Text)}";
}

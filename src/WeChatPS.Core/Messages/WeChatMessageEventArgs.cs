using System;

namespace WeChatPS;

/// <summary>A message has come (Register-WeChatEvent Message).</summary>
public sealed class WeChatMessageEventArgs : EventArgs
{
    internal WeChatMessageEventArgs(WeChatMessage message) => Message = message;

    /// <summary>The message.</summary>
    public WeChatMessage Message { get; }

    /// <summary>The message in one line, fit for a terminal.</summary>
    public override string ToString() => Message.ToString();
}

using System;

namespace WeChatPS;

/// <summary>The arguments of the Message event (Register-WeChatEvent).</summary>
public sealed class WeChatMessageEventArgs : EventArgs
{
    internal WeChatMessageEventArgs(WeChatMessage message) => Message = message;

    /// <summary>The message.</summary>
    public WeChatMessage Message { get; }

    /// <summary>Gets the message as one line that is safe for a terminal.</summary>
    public override string ToString() => Message.ToString();
}

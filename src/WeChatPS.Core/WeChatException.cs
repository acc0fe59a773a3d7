using System;

namespace WeChatPS;

/// <summary>The only exception type that the client throws to its callers. The message contains no secrets.</summary>
public sealed class WeChatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">The kind of failure; the error id in PowerShell is <c>WeChat.&lt;Reason&gt;</c>.</param>
    /// <param name="message">The message for the user, without secrets and control characters.</param>
    /// <param name="innerException">The cause, or null.</param>
    public WeChatException(WeChatErrorReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>The kind of failure.</summary>
    public WeChatErrorReason Reason { get; }

    /// <summary>The object of the failure, such as a name, a ClientMsgId or a file. It becomes the TargetObject of the error record.</summary>
    public object? Subject { get; init; }

    /// <summary>The server's code (<c>Ret</c> or <c>retcode</c>), or null.</summary>
    public int? ServerCode { get; init; }
}

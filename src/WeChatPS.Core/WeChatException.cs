using System;

namespace WeChatPS;

/// <summary>The one exception that leaves the client: what went wrong (<see cref="Reason"/>) and a sentence that says so without secrets.</summary>
public sealed class WeChatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">The kind of failure; the error id in PowerShell is <c>WeChat.&lt;Reason&gt;</c>.</param>
    /// <param name="message">One sentence for a person. No secrets, no terminal controls.</param>
    /// <param name="innerException">What caused it, where something did.</param>
    public WeChatException(WeChatErrorReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>The kind of failure.</summary>
    public WeChatErrorReason Reason { get; }

    /// <summary>What the failure is about (a name that was not found, a ClientMsgId, a file): the error record's target.</summary>
    public object? Subject { get; init; }

    /// <summary>The server's own code (<c>Ret</c>, <c>retcode</c>) where it gave one.</summary>
    public int? ServerCode { get; init; }
}

using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>A value for <c>Send-WeChatMessage -Forward</c>: a received message, or the receipt of a sent one.</summary>
public sealed class ForwardRef
{
    private readonly WeChatMessage? _message;
    private readonly WeChatReceipt? _receipt;

    /// <summary>Refers to a received message.</summary>
    public ForwardRef(WeChatMessage message) => (_message, Origin) = (message, message.Origin);

    /// <summary>Refers to a sent message.</summary>
    public ForwardRef(WeChatReceipt receipt) => (_receipt, Origin) = (receipt, receipt.Origin);

    /// <summary>The origin of the message.</summary>
    internal Origin Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => _message?.ToString() ?? _receipt!.ToString();

    /// <exception cref="WeChatException">NotForwardable: the message cannot be forwarded.</exception>
    internal MessageBody ToBody() => _message is not null ? Forwarding.Of(_message) : Forwarding.Of(_receipt!);
}

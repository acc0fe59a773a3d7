using WeChatPS.Sessions;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>What <c>Send-WeChatMessage -Forward</c> takes: a message that was received, or the receipt of one that was sent.</summary>
public sealed class ForwardRef
{
    private readonly WeChatMessage? _message;
    private readonly WeChatReceipt? _receipt;

    /// <summary>A message that was received.</summary>
    public ForwardRef(WeChatMessage message) => (_message, Origin) = (message, message.Origin);

    /// <summary>A message that was sent.</summary>
    public ForwardRef(WeChatReceipt receipt) => (_receipt, Origin) = (receipt, receipt.Origin);

    /// <summary>Where it comes from.</summary>
    internal Origin Origin { get; }

    /// <inheritdoc/>
    public override string ToString() => _message?.ToString() ?? _receipt!.ToString();

    /// <exception cref="WeChatException">NotForwardable: the message cannot be forwarded.</exception>
    internal MessageBody ToBody() => _message is not null ? Forwarding.Of(_message) : Forwarding.Of(_receipt!);
}

using System;

namespace WeChatPS;

/// <summary>A step of a login, as Connect-WeChat writes it to the information stream under the tag <c>WeChat.Login</c>.</summary>
public sealed class WeChatLoginStep
{
    internal WeChatLoginStep(LoginEvent step, string text)
    {
        Step = KindOf(step);
        Text = text;
        QrCode = (step as LoginEvent.QrCode)?.Text.ToString();
        Avatar = (step as LoginEvent.Scanned)?.Avatar;
    }

    /// <summary>Which step it is.</summary>
    public LoginStepKind Step { get; }

    /// <summary>The same in words, for people.</summary>
    public string Text { get; }

    /// <summary>The address that the code has to hold; null at other steps. Who opens it on a phone logs in.</summary>
    public string? QrCode { get; }

    /// <summary>The picture of whoever scanned the code, as the server brings it (JPEG); null where it does not, and at other steps.</summary>
    public byte[]? Avatar { get; }

    /// <summary>The words, without what would move the cursor.</summary>
    public override string ToString() => DisplayText.Visible(Text);

    private static LoginStepKind KindOf(LoginEvent step) => step switch
    {
        LoginEvent.Resuming => LoginStepKind.Resuming,
        LoginEvent.ResumeFailed => LoginStepKind.ResumeFailed,
        LoginEvent.Pushed => LoginStepKind.Pushed,
        LoginEvent.QrCode => LoginStepKind.QrCode,
        LoginEvent.Scanned => LoginStepKind.Scanned,
        LoginEvent.Confirmed => LoginStepKind.Confirmed,
        LoginEvent.SentElsewhere => LoginStepKind.SentElsewhere,
        LoginEvent.Cancelled => LoginStepKind.Cancelled,
        LoginEvent.Expired => LoginStepKind.Expired,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}

using System;

namespace WeChatPS;

/// <summary>A step of a login. Connect-WeChat writes it to the information stream, tagged <c>WeChat.Login</c>.</summary>
public sealed class WeChatLoginStep
{
    internal WeChatLoginStep(LoginEvent step, string text)
    {
        Step = KindOf(step);
        Text = text;
        QrCode = (step as LoginEvent.QrCode)?.Text.ToString();
        Avatar = (step as LoginEvent.Scanned)?.Avatar;
    }

    /// <summary>The kind of step.</summary>
    public LoginStepKind Step { get; }

    /// <summary>The step as text.</summary>
    public string Text { get; }

    /// <summary>The URL that the QR code encodes; null at other steps. Anyone who opens it in WeChat on a phone logs in.</summary>
    public string? QrCode { get; }

    /// <summary>The scanner's avatar from the server (JPEG); null when the server sends none, and at other steps.</summary>
    public byte[]? Avatar { get; }

    /// <summary>The text, with visible control characters.</summary>
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

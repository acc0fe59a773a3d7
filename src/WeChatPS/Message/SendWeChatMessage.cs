using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Send-WeChatMessage: sends texts to somebody, or answers the messages that are piped in.</summary>
[Cmdlet(
    VerbsCommunications.Send, "WeChatMessage", DefaultParameterSetName = TextSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatReceipt))]
public sealed class SendWeChatMessage : SessionCmdlet
{
    private const string TextSet = "Text";
    private const string ReplySet = "Reply";
    private const string Activity = "Send-WeChatMessage";

    private List<WeChatContact>? _receivers;

    /// <summary>Who gets it: an id, remark or nickname, a contact, a group, or a message to answer.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] To { get; set; } = [];

    /// <summary>A message to answer, or the contact or group to write to.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplySet)]
    [ObjectOnly]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>What to say; each string is a message of its own.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplySet)]
    [AllowEmptyString]
    [PlainText]
    public string[] Text { get; set; } = [];

    /// <summary>Leaves the first doubt to the caller instead of repeating the request.</summary>
    [Parameter]
    public SwitchParameter NoRetry { get; set; }

    /// <summary>How long a message may wait for its turn, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400.0)]
    public double? TimeoutSec { get; set; }

    private protected override string? InputSession => ParameterSetName == ReplySet ? InputObject.Session : null;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (ParameterSetName == ReplySet)
            _receivers = await ResolveAsync(session, [InputObject], stop);
        _receivers ??= await ResolveAsync(session, To, stop);
        foreach (string text in Text)
        {
            foreach (WeChatContact receiver in _receivers)
                await SendAsync(session, receiver, text, stop);
        }
    }

    // names are fixed to contacts before the first message goes out
    private async Task<List<WeChatContact>> ResolveAsync(WeChatSession session, ContactRef[] wanted, CancellationToken stop)
    {
        var found = new List<WeChatContact>();
        foreach (ContactRef one in wanted)
        {
            try
            {
                found.Add(await one.ResolveAsync(session, stop));
            }
            catch (WeChatException failure) when (failure.Reason is WeChatErrorReason.ContactNotFound or WeChatErrorReason.AmbiguousContact)
            {
                WriteError(failure);
            }
        }

        return found;
    }

    private async Task SendAsync(WeChatSession session, WeChatContact receiver, string text, CancellationToken stop)
    {
        if (!ShouldProcess(receiver.Name, $"Send '{DisplayText.Visible(text, 60)}'"))
            return;
        bool hasWaited = false;
        var options = new SendOptions
        {
            NoRetry = NoRetry,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Waiting = new Progress<TimeSpan>(wait =>
            {
                hasWaited = true;
                ShowProgress(Activity, $"{receiver.Name}: waits {wait.TotalSeconds:0.#} s for its turn");
            }),
        };
        try
        {
            WeChatReceipt receipt = await session.SendTextAsync(receiver, text, options, stop);
            WriteVerbose($"Sent to {receiver.Name} ({text.Length} characters, attempt {receipt.Attempts}).");
            WriteObject(receipt);
        }
        catch (WeChatException failure) when (!IsSessionOver(failure.Reason))
        {
            WriteError(failure);
        }
        finally
        {
            if (hasWaited && !stop.IsCancellationRequested)
                EndProgress(Activity);
        }
    }

    private static bool IsSessionOver(WeChatErrorReason reason) =>
        reason is WeChatErrorReason.NotConnected or WeChatErrorReason.LoggedOut or WeChatErrorReason.SessionExpired;
}

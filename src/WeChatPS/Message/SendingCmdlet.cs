using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <summary>A recipient and the session to send from.</summary>
internal readonly record struct Recipient(WeChatSession Session, WeChatContact Contact);

/// <summary>A cmdlet that sends to each recipient in order, and writes a receipt or an error for each.</summary>
public abstract class SendingCmdlet : SessionCmdlet
{
    /// <summary>Indicates that the cmdlet does not retry: a lost response is immediately an error.</summary>
    [Parameter]
    public SwitchParameter NoRetry { get; set; }

    /// <summary>Specifies how long a message may be queued, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400.0)]
    public double? TimeoutSec { get; set; }

    /// <summary>Specifies the pause before each message except the first, in seconds. With two numbers, each pause is random between them.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateRange(0.0, 86_400.0)]
    public double[]? DelaySec { get; set; }

    // A response within this time needs no progress.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1.5);

    // The total wait for retries of one message from which a warning is useful.
    private static readonly TimeSpan s_noticeable = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Origin, List<Recipient>> _recipients = [];
    private bool _hasSent, _hasWarned;

    private string Activity => MyInvocation.MyCommand.Name;

    /// <summary>Gets the recipients of messages from one origin. Names are resolved before the first message, because names can change.</summary>
    /// <param name="wanted">The recipients, the same for every call.</param>
    /// <param name="origin">The origin of the messages; null when unknown.</param>
    /// <param name="stop">Cancels the search.</param>
    private protected async Task<List<Recipient>> RecipientsAsync(ContactRef[] wanted, Origin? origin, CancellationToken stop)
    {
        Origin key = origin ?? default;
        if (!_recipients.TryGetValue(key, out List<Recipient>? known))
            _recipients[key] = known = await ResolveAsync(wanted, origin, stop);
        return known;
    }

    /// <summary>Resolves the recipients. Writes an error for each one that is not found.</summary>
    private protected async Task<List<Recipient>> ResolveAsync(ContactRef[] wanted, Origin? origin, CancellationToken stop)
    {
        var found = new List<Recipient>();
        foreach (ContactRef one in wanted)
        {
            WeChatSession session = SessionOf(origin ?? one.Origin);
            try
            {
                found.Add(new Recipient(session, await one.ResolveAsync(session, stop)));
            }
            catch (WeChatException failure) when (failure.Reason is WeChatErrorReason.ContactNotFound or WeChatErrorReason.AmbiguousContact)
            {
                WriteError(failure);
            }
        }

        return found;
    }

    /// <summary>Sends a message to one recipient, except with -WhatIf.</summary>
    /// <param name="to">The recipient.</param>
    /// <param name="what">The description of the message.</param>
    /// <param name="size">The number of bytes to upload; 0 for none.</param>
    /// <param name="send">Sends the message.</param>
    /// <returns>False after an error.</returns>
    private protected async Task<bool> SendAsync(Recipient to, string what, long size, Func<SendOptions, Task<WeChatReceipt>> send)
    {
        (WeChatSession session, WeChatContact contact) = to;
        if (!ShouldProcess(contact.Name, $"Send {what}"))
            return true;
        await PauseAsync(contact);
        bool hasShown = false, isOver = false;
        TimeSpan retryWait = TimeSpan.Zero;
        int shown = -1;
        var options = new SendOptions
        {
            NoRetry = NoRetry,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Waiting = new Progress<TimeSpan>(wait => Show($"{contact.Name}: queued, waiting {wait.TotalSeconds:0.#} s", -1)),
            Retrying = new Progress<SendRetry>(retry =>
            {
                string words = $"{contact.Name}: retrying in {retry.Wait.TotalSeconds:0} s. {retry.Trouble}";
                Show(words, -1);

                // Logs do not contain progress, so one warning is written. A warning for every message would fill the log.
                retryWait += retry.Wait;
                if (isOver || _hasWarned || retryWait < s_noticeable)
                    return;
                _hasWarned = true;
                WriteWarning(words);
            }),
            Uploaded = new Progress<long>(sent =>
            {
                int percent = (int)Math.Min(100, sent * 100 / Math.Max(1, size));
                if (percent == shown)
                    return;
                shown = percent;
                Show($"{what}: {percent} %", percent);
            }),
        };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        Task silence = ShowSilenceAsync();
        try
        {
            return await TryAsync(async () =>
            {
                WeChatReceipt receipt = await send(options);
                WriteVerbose($"Sent {what} to {contact.Name} (attempt {receipt.Attempts}).");
                WriteObject(receipt);
            });
        }
        finally
        {
            isOver = true;
            over.Cancel();
            await silence;
            if (hasShown && !IsStopping)
                EndProgress(Activity);
        }

        async Task ShowSilenceAsync()
        {
            try
            {
                await Task.Delay(s_silence, over.Token);
                if (!hasShown)
                    Show($"{contact.Name}: waiting for a response from {session.Endpoint}", -1);
            }
            catch (OperationCanceledException)
            {
                // The response arrived, or the pipeline was stopped.
            }
        }

        void Show(string status, int percent)
        {
            // A late progress report arrives after the send has ended.
            if (isOver)
                return;
            hasShown = true;
            ShowProgress(Activity, status, percent);
        }
    }

    private async Task PauseAsync(WeChatContact contact)
    {
        if (_hasSent && DelaySec is { } delay)
        {
            double shortest = delay.Min();
            var pause = TimeSpan.FromSeconds(shortest + ((delay.Max() - shortest) * BackOff.Chance()));
            ShowProgress(Activity, $"{contact.Name}: pausing {pause.TotalSeconds:0.#} s");
            await Task.Delay(pause, StopToken);
            EndProgress(Activity);
        }

        _hasSent = true;
    }
}

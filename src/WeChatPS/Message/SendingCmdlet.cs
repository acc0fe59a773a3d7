using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS;

/// <summary>Who gets something, and through which session.</summary>
internal readonly record struct Receiver(WeChatSession Session, WeChatContact Contact);

/// <summary>A cmdlet that sends: to each receiver in turn, with a receipt or an error of its own for each.</summary>
public abstract class SendingCmdlet : SessionCmdlet
{
    /// <summary>Leaves the first doubt to the caller instead of repeating the message.</summary>
    [Parameter]
    public SwitchParameter NoRetry { get; set; }

    /// <summary>How long a message may wait for its turn, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, 86_400.0)]
    public double? TimeoutSec { get; set; }

    /// <summary>A pause before each message but the first, in seconds; of two numbers a time between them, another one each time.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateRange(0.0, 86_400.0)]
    public double[]? DelaySec { get; set; }

    // longer than a response takes that nobody has to be told of
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1.5);

    private readonly Dictionary<Origin, List<Receiver>> _receivers = [];
    private bool _hasSent, _hasWarned;

    private string Activity => MyInvocation.MyCommand.Name;

    /// <summary>Who gets what was taken from a session, found out before the first message from there goes out: names can change.</summary>
    /// <param name="wanted">The receivers, the same ones every time.</param>
    /// <param name="origin">Where what is sent was taken from; null where it does not say.</param>
    /// <param name="stop">Ends the search.</param>
    private protected async Task<List<Receiver>> ReceiversAsync(ContactRef[] wanted, Origin? origin, CancellationToken stop)
    {
        Origin key = origin ?? default;
        if (!_receivers.TryGetValue(key, out List<Receiver>? known))
            _receivers[key] = known = await ResolveAsync(wanted, origin, stop);
        return known;
    }

    /// <summary>Finds out who is meant; whoever cannot be found is an error, and the others are not.</summary>
    private protected async Task<List<Receiver>> ResolveAsync(ContactRef[] wanted, Origin? origin, CancellationToken stop)
    {
        var found = new List<Receiver>();
        foreach (ContactRef one in wanted)
        {
            WeChatSession session = SessionOf(origin ?? one.Origin);
            try
            {
                found.Add(new Receiver(session, await one.ResolveAsync(session, stop)));
            }
            catch (WeChatException failure) when (failure.Reason is WeChatErrorReason.ContactNotFound or WeChatErrorReason.AmbiguousContact)
            {
                WriteError(failure);
            }
        }

        return found;
    }

    /// <summary>Sends something to one receiver, unless -WhatIf is in the way.</summary>
    /// <param name="to">Who gets it.</param>
    /// <param name="what">What is sent, in words.</param>
    /// <param name="size">How many bytes are uploaded for it; 0 for none.</param>
    /// <param name="send">Sends it.</param>
    /// <returns>Whether it went as far as it was to go; false after an error.</returns>
    private protected async Task<bool> SendAsync(Receiver to, string what, long size, Func<SendOptions, Task<WeChatReceipt>> send)
    {
        (WeChatSession session, WeChatContact receiver) = to;
        if (!ShouldProcess(receiver.Name, $"Send {what}"))
            return true;
        await PauseAsync(receiver);
        bool hasShown = false, isOver = false;
        int shown = -1;
        var options = new SendOptions
        {
            NoRetry = NoRetry,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Waiting = new Progress<TimeSpan>(wait => Show($"{receiver.Name}: waits {wait.TotalSeconds:0.#} s for its turn", -1)),
            Retrying = new Progress<SendRetry>(retry =>
            {
                string words = $"{receiver.Name}: next attempt in {retry.Wait.TotalSeconds:0} s. {retry.Trouble}";
                Show(words, -1);

                // progress is in no log; a warning for every message would fill it
                if (!isOver && !_hasWarned)
                    WriteWarning(words);
                _hasWarned = true;
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
        Task silence = NoteSilenceAsync();
        try
        {
            return await TryAsync(async () =>
            {
                WeChatReceipt receipt = await send(options);
                WriteVerbose($"Sent {what} to {receiver.Name} (attempt {receipt.Attempts}).");
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

        async Task NoteSilenceAsync()
        {
            try
            {
                await Task.Delay(s_silence, over.Token);
                if (!hasShown)
                    Show($"{receiver.Name}: waits for the response of {session.Endpoint}", -1);
            }
            catch (OperationCanceledException)
            {
                // answered, or stopped
            }
        }

        void Show(string status, int percent)
        {
            // told late, when there is nothing to wait for any more
            if (isOver)
                return;
            hasShown = true;
            ShowProgress(Activity, status, percent);
        }
    }

    private async Task PauseAsync(WeChatContact receiver)
    {
        if (_hasSent && DelaySec is { } delay)
        {
            double shortest = delay.Min();
            var pause = TimeSpan.FromSeconds(shortest + ((delay.Max() - shortest) * BackOff.Chance()));
            ShowProgress(Activity, $"{receiver.Name}: waits {pause.TotalSeconds:0.#} s");
            await Task.Delay(pause, StopToken);
            EndProgress(Activity);
        }

        _hasSent = true;
    }
}

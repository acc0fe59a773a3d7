using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>Texts that go out while nothing works, and what became of each in the client's own words.</summary>
internal sealed class ChaosSends(IReadOnlyList<WeChatContact> receivers)
{
    private readonly ConcurrentDictionary<int, WeChatErrorReason?> _outcomes = new();
    private readonly ConcurrentDictionary<int, WeChatReceipt> _receipts = new();
    private int _started;

    /// <summary>How many have ended, well or not.</summary>
    public int Ended => _outcomes.Count;

    /// <summary>Starts some, in order for each receiver.</summary>
    public Task StartAsync(WeChatSession session, int count)
    {
        int first = _started + 1;
        _started += count;
        return Task.WhenAll(Enumerable.Range(first, count).Select(number => SendAsync(session, number)));
    }

    /// <summary>Every text is at the server once, or not at all where the client said so, or perhaps where it said that too; in order.</summary>
    public string Check(IReadOnlyList<SentMessage> sent)
    {
        ILookup<int, SentMessage> arrived = sent.ToLookup(message => int.Parse(message.Text, CultureInfo.InvariantCulture));
        Assert.Equal(_started, _outcomes.Count);
        foreach ((int number, WeChatErrorReason? outcome) in _outcomes)
        {
            (int least, int most) = outcome switch
            {
                null => (1, 1),
                WeChatErrorReason.SendOutcomeUnknown => (0, 1),
                WeChatErrorReason.Unreachable or WeChatErrorReason.Refused => (0, 0),
                _ => throw new InvalidOperationException($"Text {number} met with {outcome}, which nothing here can mean."),
            };
            int times = arrived[number].Count();
            Assert.True(
                times >= least && times <= most,
                $"Text {number} ({outcome?.ToString() ?? "sent"}) is at the server {times} times. {Trace(number, sent)}");
        }

        foreach (var receiver in sent.GroupBy(message => message.To.Id))
        {
            int[] order = [.. receiver.Select(message => int.Parse(message.Text, CultureInfo.InvariantCulture))];
            Assert.Equal(order.Order(), order);
        }

        return $"{_started} sends ({string.Join(", ", _outcomes.GroupBy(o => o.Value).Select(g => $"{g.Count()} {g.Key?.ToString() ?? "sent"}"))}, "
            + $"{sent.Sum(message => message.DroppedCopies)} copies dropped)";
    }

    /// <summary>What a receipt says, and what the server has under its ids.</summary>
    private string Trace(int number, IReadOnlyList<SentMessage> sent) => !_receipts.TryGetValue(number, out WeChatReceipt? receipt)
        ? "There is no receipt."
        : $"The receipt has ClientMsgId {receipt.ClientMsgId}, MessageId {receipt.MessageId}, {receipt.Attempts} attempts. The server has under these: "
            + string.Join(", ", sent.Where(m => m.ClientMsgId == receipt.ClientMsgId || m.MsgId == receipt.MessageId).Select(m => $"text {m.Text}"));

    private async Task SendAsync(WeChatSession session, int number)
    {
        try
        {
            WeChatContact to = receivers[number % receivers.Count];
            _receipts[number] = await session.SendAsync(to, MessageBody.Text(number.ToString(CultureInfo.InvariantCulture)), new SendOptions(), CancellationToken.None);
            _outcomes[number] = null;
        }
        catch (WeChatException e)
        {
            _outcomes[number] = e.Reason;
        }
    }
}

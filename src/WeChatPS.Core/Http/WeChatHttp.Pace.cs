using System;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Timeout;

namespace WeChatPS.Http;

/// <content>
/// How long an exchange may take. A request with a deadline of its own (a poll, or a user's) ends with it. Any other reply must begin in
/// time and then keep coming: on a slow line, a deadline for the whole would cut the same reply again and again.
/// </content>
internal sealed partial class WeChatHttp
{
    private static readonly ResiliencePropertyKey<TimeSpan> s_deadlineKey = new("deadline");

    // The timeout strategy rejects zero.
    private static readonly TimeSpan s_noTime = TimeSpan.FromTicks(1);

    // The platform's timers count milliseconds in 32 bits.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private static ResiliencePipeline NewDeadline(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = static arguments =>
                new ValueTask<TimeSpan>(arguments.Context.Properties.GetValue(s_deadlineKey, Timeout.InfiniteTimeSpan)),
        })
        .Build();

    private TimeSpan PatienceFor(WireRequest request)
    {
        TimeSpan patience = request.Deadline ?? (request.Pieces is null ? _settings.DefaultDeadline : _settings.IdleTimeout);
        return patience == Timeout.InfiniteTimeSpan || patience > s_longestTimer ? Timeout.InfiniteTimeSpan
            : patience <= TimeSpan.Zero ? s_noTime
            : patience;
    }

    private async Task<WireReply> WithinAsync(
        TimeSpan deadline, ConnectionPool connections, WireRequest request, WireExchange exchange, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_deadlineKey, deadline);
        try
        {
            return await _deadline.ExecuteAsync(
                static async (inner, call) =>
                    await call.Http.ExchangeAsync(call.Connections, call.Request, call.Exchange, inner.CancellationToken).ConfigureAwait(false),
                context,
                (Http: this, Connections: connections, Request: request, Exchange: exchange)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<WireReply> WhileMovingAsync(
        TimeSpan patience, ConnectionPool connections, WireRequest request, WireExchange exchange, CancellationToken cancellationToken)
    {
        using var idle = new IdleDeadline(_time, patience, cancellationToken);
        try
        {
            return await ExchangeAsync(connections, request, exchange, idle.Token, idle).ConfigureAwait(false);
        }
        catch (Exception e) when (idle.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw exchange.HasBegun ? StalledException.Silent(patience, e) : new TimeoutRejectedException("Nothing moved.", patience, e);
        }
    }
}

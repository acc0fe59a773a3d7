using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Control;
using WeChatPS.Emulator.Endpoints;
using WeChatPS.Emulator.Faults;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>Processes a request: log, fault, endpoint, fault, response.</summary>
internal sealed class Dispatcher(World world, EndpointTable endpoints, FaultPlan faults, RequestLog log, ControlApi control)
{
    private const string LoginPage = "<html><head><title>WeChat</title></head><body>WeChatPS.Emulator: GET /emulator/status</body></html>\n";
    private const string NotFound = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>\n";

    public async Task<HttpReply> AnswerAsync(HttpRequest request, CancellationToken gone)
    {
        if (ControlApi.Owns(request.Path))
        {
            return control.Answer(request);
        }

        world.Counters.Request();
        Endpoint? endpoint = endpoints.Find(request.Path);
        LoggedRequest logged = log.Begin(request, endpoint?.Name ?? request.Path);
        HttpReply reply = endpoint is not null ? await AnswerAsync(endpoint, request, logged, gone).ConfigureAwait(false)
            : request.Path == "/" ? HttpReply.Plain(200, LoginPage)
            : HttpReply.Plain(404, NotFound);
        log.Finish(logged, reply, gone.IsCancellationRequested);
        return reply;
    }

    private async Task<HttpReply> AnswerAsync(Endpoint endpoint, HttpRequest request, LoggedRequest logged, CancellationToken gone)
    {
        Fault? fault = faults.Take(endpoint.Name, request);
        if (fault is null)
        {
            return await WorkAsync(endpoint, request, null, gone).ConfigureAwait(false);
        }

        logged.Fault = fault.Kind;
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (fault.Answer is { } answer)
        {
            return await RawAsync(answer, new RawExchange(logged, NormalAsync, gone)).ConfigureAwait(false);
        }

        return await FaultReplies.ReplacementAsync(fault, endpoint, gone).ConfigureAwait(false)
            ?? FaultReplies.Alter(fault, await WorkAsync(endpoint, request, fault, gone).ConfigureAwait(false));

        async Task<NormalReply> NormalAsync() => new(await WorkAsync(endpoint, request, null, gone).ConfigureAwait(false));
    }

    private static async Task<HttpReply> RawAsync(Func<RawExchange, Task<RawReply>> answer, RawExchange exchange)
    {
        try
        {
            return new HttpReply { Raw = await answer(exchange).ConfigureAwait(false) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(e);
        }
    }

    private async Task<HttpReply> WorkAsync(Endpoint endpoint, HttpRequest request, Fault? fault, CancellationToken gone)
    {
        if (endpoint.Method is not null && request.Method != endpoint.Method)
        {
            return new HttpReply { Status = 405 }.With("Allow", endpoint.Method);
        }

        using var exchange = new Exchange(world, request, fault);
        try
        {
            return await endpoint.Answer(exchange, gone).ConfigureAwait(false);
        }
        catch (RefusedException e)
        {
            return endpoint.Refuse(e.Ret, e.Words);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(e);
        }
    }

    // A mistake in the emulator or in a test's callback is easier to see in a response than in a closed connection.
    private static HttpReply Failed(Exception e) => HttpReply.Plain(500, $"WeChatPS.Emulator failed: {e}\n");
}

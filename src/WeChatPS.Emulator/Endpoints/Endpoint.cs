using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>One endpoint of the server.</summary>
/// <param name="Name">The last part of its path.</param>
/// <param name="Method">The HTTP method; null for any.</param>
/// <param name="Answer">Processes a request.</param>
internal sealed record Endpoint(string Name, string? Method, Func<Exchange, CancellationToken, Task<HttpReply>> Answer)
{
    /// <summary>Creates the refusal with a Ret and a message.</summary>
    public Func<int, string, HttpReply> Refuse { get; init; } = JsonReply.Refusal;

    /// <summary>Creates an endpoint that never waits.</summary>
    public static Endpoint Prompt(string name, string? method, Func<Exchange, HttpReply> answer) =>
        new(name, method, (exchange, _) => Task.FromResult(answer(exchange)));
}

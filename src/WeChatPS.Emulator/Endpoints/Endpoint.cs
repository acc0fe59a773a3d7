using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>One address of the server.</summary>
/// <param name="Name">The last part of its path.</param>
/// <param name="Method">The method it takes; null: any.</param>
/// <param name="Answer">Does the work.</param>
internal sealed record Endpoint(string Name, string? Method, Func<Exchange, CancellationToken, Task<HttpReply>> Answer)
{
    /// <summary>How it says no, with a Ret and a message.</summary>
    public Func<int, string, HttpReply> Refuse { get; init; } = JsonReply.Refusal;

    /// <summary>An endpoint that never waits.</summary>
    public static Endpoint Prompt(string name, string? method, Func<Exchange, HttpReply> answer) =>
        new(name, method, (exchange, _) => Task.FromResult(answer(exchange)));
}

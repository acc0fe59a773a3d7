using System;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Emulator;

/// <summary>A request whose raw answer is computed (<see cref="Fault.Answer"/>).</summary>
public sealed class RawExchange
{
    private readonly Func<Task<NormalReply>> _work;
    private Task<NormalReply>? _normal;

    internal RawExchange(LoggedRequest request, Func<Task<NormalReply>> work, CancellationToken gone) => (Request, _work, Gone) = (request, work, gone);

    /// <summary>The request.</summary>
    public LoggedRequest Request { get; }

    /// <summary>Cancelled when the client disconnects or the emulator stops.</summary>
    public CancellationToken Gone { get; }

    /// <summary>Processes the request as if there were no fault, once. A poll is held as usual.</summary>
    public Task<NormalReply> NormalAsync() => _normal ??= _work();
}

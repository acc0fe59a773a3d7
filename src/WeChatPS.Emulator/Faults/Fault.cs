using System;
using System.Threading.Tasks;

namespace WeChatPS.Emulator;

/// <summary>The kinds of faults.</summary>
public enum FaultKind
{
    /// <summary>The response is delayed (<see cref="Fault.Delay"/>).</summary>
    Delay,

    /// <summary>The connection is reset before the request is processed.</summary>
    Reset,

    /// <summary>The connection stays open without a response.</summary>
    Hang,

    /// <summary>The body is sent one byte at a time (<see cref="Fault.Pace"/>).</summary>
    SlowDrip,

    /// <summary>The connection closes after half of the body.</summary>
    Truncate,

    /// <summary>Status 200 with an empty body. The request is not processed.</summary>
    Empty,

    /// <summary>Status 200 with an HTML page. The request is not processed.</summary>
    Html,

    /// <summary>An HTTP status (<see cref="Fault.Code"/>, by default 503) without a body. The request is not processed.</summary>
    Status,

    /// <summary>The status line <c>HTTP/1.1 0 -</c>. The request is not processed.</summary>
    ZeroStatus,

    /// <summary>The normal response with a charset that does not exist.</summary>
    WrongCharset,

    /// <summary>The normal response with bytes that are not valid UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Status 302 to another address (<see cref="Fault.Text"/>). The request is not processed.</summary>
    Redirect,

    /// <summary>The request is processed, and the connection is closed before the response.</summary>
    LostReply,

    /// <summary>A Ret or retcode (<see cref="Fault.Code"/>, by default -1). The request is not processed.</summary>
    Ret,

    /// <summary>synccheck reports a selector (<see cref="Fault.Code"/>, by default 2) at once, although no data is pending.</summary>
    PhantomSelector,

    /// <summary>webwxsync returns no data and changes only key 201. synccheck keeps reporting selector 2.</summary>
    ClockOnlyKey,

    /// <summary>synccheck returns selector 0 at once instead of holding the poll.</summary>
    InstantZero,

    /// <summary>webwxsync sets ContinueFlag, but returns no data and changes no key.</summary>
    ContinueWithoutItems,

    /// <summary>webwxsync omits SyncKey and SyncCheckKey.</summary>
    MissingKeys,

    /// <summary>The Count of SyncKey and SyncCheckKey in webwxsync is too large by one.</summary>
    WrongKeyCount,

    /// <summary>webwxsync returns invalid items among the valid ones.</summary>
    GarbageItem,

    /// <summary>webwxsync returns FileSize as a number.</summary>
    NumericFileSize,

    /// <summary>webwxsync returns every item twice.</summary>
    Duplicate,

    /// <summary>The QR code expires.</summary>
    QrExpired,

    /// <summary>The login is cancelled on the phone.</summary>
    QrCancelled,

    /// <summary>The login page refuses the login with 1203 and a message (<see cref="Fault.Text"/>).</summary>
    Refused1203,

    /// <summary>The login page redirects the login to another server (<see cref="Fault.Text"/>), where it starts again.</summary>
    LoginElsewhere,

    /// <summary>The whole response byte for byte, at any pace (<see cref="Fault.Answer"/>).</summary>
    Raw,
}

/// <summary>A fault at an endpoint, for a number of requests or until it is removed.</summary>
/// <param name="Endpoint">The endpoint's name, such as <c>synccheck</c>, <c>webwxsync</c>, <c>login</c>; <c>*</c> for all.</param>
/// <param name="Kind">The kind of the fault.</param>
public sealed record Fault(string Endpoint, FaultKind Kind)
{
    /// <summary>The number of affected requests; null for no limit.</summary>
    public int? Count { get; init; }

    /// <summary>The code of <see cref="FaultKind.Status"/>, <see cref="FaultKind.Ret"/> and <see cref="FaultKind.PhantomSelector"/>; null for the default.</summary>
    public int? Code { get; init; }

    /// <summary>
    /// The message of <see cref="FaultKind.Refused1203"/> and <see cref="FaultKind.Ret"/>, or the address of <see cref="FaultKind.Redirect"/>
    /// and <see cref="FaultKind.LoginElsewhere"/>; null for the default.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The id, remark or nickname of a contact, to affect only requests that contain this contact; null for all requests.</summary>
    public string? Contact { get; init; }

    /// <summary>The delay before the fault or response.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The time between two bytes of <see cref="FaultKind.SlowDrip"/>.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Makes the response of <see cref="FaultKind.Raw"/>. Only a function that asks for the normal reply lets the request be processed.</summary>
    public Func<RawExchange, Task<RawReply>>? Answer { get; init; }

    /// <summary>The probability for each request, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The seed of the random numbers. The same seed affects the same requests.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Creates a fault that answers with the same bytes each time, without processing the request.</summary>
    public static Fault Raw(string endpoint, RawReply reply) => Raw(endpoint, _ => Task.FromResult(reply));

    /// <summary>Creates a fault that computes each answer, from the request or from the normal reply.</summary>
    public static Fault Raw(string endpoint, Func<RawExchange, Task<RawReply>> answer) => new(endpoint, FaultKind.Raw) { Answer = answer };
}

using System;

namespace WeChatPS.Emulator;

/// <summary>What goes wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>The answer comes late, otherwise as usual (<see cref="Fault.Delay"/>).</summary>
    Delay,

    /// <summary>The connection is reset before anything is done.</summary>
    Reset,

    /// <summary>No answer ever comes; the connection stays open.</summary>
    Hang,

    /// <summary>The body comes one byte at a time (<see cref="Fault.Pace"/>).</summary>
    SlowDrip,

    /// <summary>Half of the body comes, then the connection ends.</summary>
    Truncate,

    /// <summary>200 with an empty body; nothing is done.</summary>
    Empty,

    /// <summary>200 with an HTML page instead; nothing is done.</summary>
    Html,

    /// <summary>An HTTP status (<see cref="Fault.Code"/>, 503 unless set) without a body; nothing is done.</summary>
    Status,

    /// <summary>The first line <c>HTTP/1.1 0 -</c>; nothing is done.</summary>
    ZeroStatus,

    /// <summary>The usual answer under a charset that does not exist.</summary>
    WrongCharset,

    /// <summary>The usual answer with bytes in it that are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>302 to somewhere else (<see cref="Fault.Text"/>); nothing is done.</summary>
    Redirect,

    /// <summary>The work is done, then the connection is cut before the reply.</summary>
    LostReply,

    /// <summary>A Ret or retcode (<see cref="Fault.Code"/>, -1 unless set) instead; nothing is done.</summary>
    Ret,

    /// <summary>synccheck reports a selector (<see cref="Fault.Code"/>, 2 unless set) at once, with nothing behind it.</summary>
    PhantomSelector,

    /// <summary>webwxsync brings nothing and moves only key 201; synccheck goes on reporting selector 2.</summary>
    ClockOnlyKey,

    /// <summary>synccheck answers selector 0 at once instead of holding.</summary>
    InstantZero,

    /// <summary>webwxsync sets ContinueFlag, brings nothing and moves no key.</summary>
    ContinueWithoutItems,

    /// <summary>webwxsync leaves SyncKey and SyncCheckKey out.</summary>
    MissingKeys,

    /// <summary>webwxsync says of SyncKey and SyncCheckKey that they have one key more than they have.</summary>
    WrongKeyCount,

    /// <summary>webwxsync puts broken items among the good ones.</summary>
    GarbageItem,

    /// <summary>webwxsync writes FileSize as a number.</summary>
    NumericFileSize,

    /// <summary>webwxsync brings every item twice.</summary>
    Duplicate,

    /// <summary>The login code expires.</summary>
    QrExpired,

    /// <summary>The login is cancelled on the phone.</summary>
    QrCancelled,

    /// <summary>The login page refuses with 1203 and the server's words (<see cref="Fault.Text"/>).</summary>
    Refused1203,

    /// <summary>The login page sends the login to another server (<see cref="Fault.Text"/>), where it begins anew.</summary>
    LoginElsewhere,
}

/// <summary>Something that goes wrong at an endpoint, a number of times or until it is removed.</summary>
/// <param name="Endpoint">The endpoint's name, such as <c>synccheck</c>, <c>webwxsync</c>, <c>login</c>; <c>*</c> for every one.</param>
/// <param name="Kind">What goes wrong.</param>
public sealed record Fault(string Endpoint, FaultKind Kind)
{
    /// <summary>How often it strikes; null: until it is removed.</summary>
    public int? Count { get; init; }

    /// <summary>The code of <see cref="FaultKind.Status"/>, <see cref="FaultKind.Ret"/> and <see cref="FaultKind.PhantomSelector"/>; null: its usual value.</summary>
    public int? Code { get; init; }

    /// <summary>
    /// What <see cref="FaultKind.Refused1203"/> and <see cref="FaultKind.Ret"/> say, or where <see cref="FaultKind.Redirect"/> and
    /// <see cref="FaultKind.LoginElsewhere"/> lead; null: the usual.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Strikes only requests that speak of this contact, whose id, remark or nickname it is; null: all.</summary>
    public string? Contact { get; init; }

    /// <summary>Time to wait first.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Time from byte to byte of <see cref="FaultKind.SlowDrip"/>.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How likely it strikes at each request, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Where the chances start: the same seed strikes at the same requests.</summary>
    public int Seed { get; init; } = 1;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Control;

/// <summary>Body of POST /emulator/message.</summary>
internal sealed record MessageCommand
{
    public MessageKind Kind { get; init; }

    public string? From { get; init; }

    public string? Group { get; init; }

    public string? To { get; init; }

    public string Text { get; init; } = "";

    public string FileName { get; init; } = "";

    public string Title { get; init; } = "";

    public string Url { get; init; } = "";

    public string Card { get; init; } = "";

    public decimal Amount { get; init; } = 0.01m;

    public string ProductId { get; init; } = "";

    public string RecalledMsgId { get; init; } = "";

    public string QuotedMsgId { get; init; } = "";

    public int StatusCode { get; init; } = 2;

    public int? MsgType { get; init; }

    public int? AppMsgType { get; init; }

    public string Json { get; init; } = "";

    public int DurationMs { get; init; } = 2000;

    public double Latitude { get; init; } = 31.2304;

    public double Longitude { get; init; } = 121.4737;

    public byte[] DataBase64 { get; init; } = [];

    public string? Account { get; init; }

    public int Count { get; init; } = 1;

    public IncomingMessage ToMessage() => new()
    {
        Kind = Kind,
        From = From,
        Group = Group,
        To = To,
        Text = Text,
        FileName = FileName,
        Title = Title,
        Url = Url,
        Card = Card,
        Amount = Amount,
        ProductId = ProductId,
        RecalledMsgId = RecalledMsgId,
        QuotedMsgId = QuotedMsgId,
        StatusCode = StatusCode,
        MsgType = MsgType,
        AppMsgType = AppMsgType,
        Json = Json,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
        Latitude = Latitude,
        Longitude = Longitude,
        Data = DataBase64,
    };
}

/// <summary>Body of POST /emulator/fault.</summary>
internal sealed record FaultCommand
{
    public string? Endpoint { get; init; }

    public FaultKind? Kind { get; init; }

    public int? Count { get; init; }

    public int? Code { get; init; }

    public string? Text { get; init; }

    public string? Contact { get; init; }

    public int DelayMs { get; init; }

    public int PaceMs { get; init; } = 50;

    public double Probability { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public RawCommand? Raw { get; init; }

    public Fault ToFault() => new(
        Endpoint ?? throw new EmulatorException("endpoint is required, for example synccheck, webwxsync, webwxsendmsg, login or *"),
        Kind ?? throw new EmulatorException($"kind is required: {string.Join(", ", Enum.GetNames<FaultKind>())}"))
    {
        Count = Count,
        Code = Code,
        Text = Text,
        Contact = Contact,
        Delay = TimeSpan.FromMilliseconds(DelayMs),
        Pace = TimeSpan.FromMilliseconds(PaceMs),
        Probability = Probability,
        Seed = Seed,
        Answer = Raw is null ? null : _ => Task.FromResult(Raw.ToReply()),
    };
}

/// <summary>The response of a fault of the kind Raw.</summary>
internal sealed record RawCommand
{
    public IReadOnlyList<RawPieceCommand> Pieces { get; init => field = Lists.WithoutNull(value, "pieces"); } = [];

    public RawEnd End { get; init; }

    public RawReply ToReply() => new(Pieces.Select(piece => new RawPiece(piece.DataBase64, TimeSpan.FromMilliseconds(piece.PauseMs))), End);
}

/// <summary>Some bytes of such a response, and the pause before them.</summary>
internal sealed record RawPieceCommand
{
    public byte[] DataBase64 { get; init; } = [];

    public int PauseMs
    {
        get;
        init => field = value >= 0 ? value : throw new EmulatorException("pauseMs must not be negative");
    }
}

/// <summary>Body of POST /emulator/phone.</summary>
internal sealed record PhoneCommand
{
    public string? Action { get; init; }

    public string? Uuid { get; init; }

    public string? Account { get; init; }
}

/// <summary>Body of POST /emulator/contact.</summary>
internal sealed record ContactCommand
{
    public string? Action { get; init; }

    public string? Name { get; init; }

    public ContactKind Kind { get; init; }

    public string? Remark { get; init; }

    public string? NewName { get; init; }

    public IReadOnlyList<string> Members { get; init => field = Lists.WithoutNull(value, "members"); } = [];

    public bool Silent { get; init; }

    public int? ContactFlag { get; init; }

    public int? VerifyFlag { get; init; }

    public string? Pinyin { get; init; }

    public string? Account { get; init; }
}

/// <summary>Body of POST /emulator/kick.</summary>
internal sealed record KickCommand
{
    public int Code { get; init; } = 1100;

    public string? Sid { get; init; }
}

/// <summary>Body of POST /emulator/settings. Omitted settings do not change.</summary>
internal sealed record SettingsCommand
{
    public bool? FileRanges { get; init; }

    public int? InviteStartCount { get; init; }
}

/// <summary>Body of POST /emulator/rotate.</summary>
internal sealed record RotateCommand
{
    public string? What { get; init; }
}

/// <summary>The lists of a body, in which JSON allows null whatever the annotations say.</summary>
internal static class Lists
{
    public static IReadOnlyList<T> WithoutNull<T>(IReadOnlyList<T> values, string name)
        where T : class =>
        values.Contains(null!) ? throw new EmulatorException($"{name} must not contain null") : values;
}

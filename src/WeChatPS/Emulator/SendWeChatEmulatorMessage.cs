using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Send-WeChatEmulatorMessage: lets one of the emulator's contacts write to the account.</summary>
[Cmdlet(VerbsCommunications.Send, "WeChatEmulatorMessage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string))]
public sealed class SendWeChatEmulatorMessage : EmulatorCmdlet
{
    /// <summary>
    /// The text. For other kinds: the words of a notice, a greeting, what a transfer is for, what stands below a link, a song's artist, a
    /// mini program's name, the lines (name: text) of a chat history, a place's name; for Tickle, GroupJoin and GroupLeave
    /// whom it happens to (left out: the account itself), for GroupRename the new name.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Text { get; set; } = "";

    /// <summary>Who writes. Left out: the account itself, on its phone (-To or -Group says where), or in a group WeChat itself.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The group that it is written in; for FriendRequest the group that the person found the account in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>Whom the account itself writes to on its phone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>The account that it reaches, by its nickname; the emulator's first one unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>What kind of message.</summary>
    [Parameter]
    [ValidateSet(
        "Text", "Image", "Voice", "Video", "Emoticon", "File", "Link", "Music", "MiniProgram", "Quote", "ChatHistory", "Transfer", "RedPacket",
        "LiveLocation", "App", "Location", "Card", "Call", "System", "Tickle", "GroupJoin", "GroupLeave", "GroupRename", "Recall",
        "FriendRequest", "FriendSuggestion", "Status", "Raw")]
    public string Kind { get; set; } = "Text";

    /// <summary>A file's name.</summary>
    [Parameter]
    public string? FileName { get; set; }

    /// <summary>A file on this machine, whose bytes and name are sent; without it a small sample.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The title of a link, a song, a mini program, a chat history or another app message; the address of a place.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Where a link or a song leads; the page inside a mini program.</summary>
    [Parameter]
    public string? Url { get; set; }

    /// <summary>How many seconds a voice message or a video lasts.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public double? DurationSec { get; set; }

    /// <summary>Degrees north of a place.</summary>
    [Parameter]
    [ValidateRange(-90.0, 90.0)]
    public double? Latitude { get; set; }

    /// <summary>Degrees east of a place.</summary>
    [Parameter]
    [ValidateRange(-180.0, 180.0)]
    public double? Longitude { get; set; }

    /// <summary>The amount of a transfer, in yuan.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public decimal? Amount { get; set; }

    /// <summary>The set in the store that a sticker belongs to: WeChat does not let the web download those.</summary>
    [Parameter]
    public string? ProductId { get; set; }

    /// <summary>Whose card it is; for FriendRequest who passed on the account's card.</summary>
    [Parameter]
    public string? Card { get; set; }

    /// <summary>The id of the message that is taken back.</summary>
    [Parameter]
    public string? RecalledId { get; set; }

    /// <summary>The id of the message that is quoted: one of the last that the account received or sent.</summary>
    [Parameter]
    public string? QuotedId { get; set; }

    /// <summary>What a status notice tells: 1 read, 2 chat opened, 4 the recent chats, 5 chat left.</summary>
    [Parameter]
    public int? StatusCode { get; set; }

    /// <summary>Another number of the type than the kind's own. With -Kind Text any number can be sent, with the text as its content.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MsgType { get; set; }

    /// <summary>Another number of the app's type than the kind's own. With -Kind App any number can be sent.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? AppMsgType { get; set; }

    /// <summary>With -Kind Raw: the item as the server would write it; it need not be well-formed.</summary>
    [Parameter]
    public string? Json { get; set; }

    /// <summary>How many; {n} in the text becomes the number.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Count { get; set; } = 1;

    /// <summary>Gives the ids of the messages.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        EmulatorControl emulator = SelectEmulator();
        if (!ShouldProcess(emulator.Endpoint.ToString(), $"Send a message of kind {Kind}"))
            return;
        string? file = Path is null ? null : FilePaths.Full(this, Path);
        JsonElement ids = await emulator.PostAsync("message", new Dictionary<string, object?>
        {
            ["kind"] = Kind, ["from"] = From, ["group"] = Group, ["to"] = To, ["text"] = Text, ["title"] = Title,
            ["fileName"] = FileName ?? System.IO.Path.GetFileName(file), ["dataBase64"] = file is null ? null : Read(file),
            ["url"] = Url, ["card"] = Card, ["recalledMsgId"] = RecalledId, ["quotedMsgId"] = QuotedId, ["amount"] = Amount,
            ["productId"] = ProductId, ["statusCode"] = StatusCode, ["msgType"] = MsgType, ["appMsgType"] = AppMsgType,
            ["durationMs"] = DurationSec is null ? null : (int)(DurationSec * 1000), ["latitude"] = Latitude, ["longitude"] = Longitude,
            ["json"] = Json, ["account"] = Account, ["count"] = Count,
        }, stop);
        if (!PassThru)
            return;
        foreach (JsonElement id in ids.GetProperty("msgIds").EnumerateArray())
            WriteObject(id.GetString());
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WeChatException(WeChatErrorReason.FileUnavailable, refused.Message, refused) { Subject = path };
        }
    }
}

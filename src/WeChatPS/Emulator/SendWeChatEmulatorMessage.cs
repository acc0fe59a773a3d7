using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Send-WeChatEmulatorMessage: sends a message to the account as an emulator contact.</summary>
[Cmdlet(VerbsCommunications.Send, "WeChatEmulatorMessage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string))]
public sealed class SendWeChatEmulatorMessage : EmulatorCmdlet
{
    /// <summary>
    /// Specifies the text. For other kinds: the text of a notice, the greeting, the note of a transfer, the description of a link, the artist of
    /// a song, the name of a mini program, the lines (name: text) of a chat history, or the name of a location. For Tickle, GroupJoin and
    /// GroupLeave, specifies the affected person (by default, the account). For GroupRename, specifies the new name.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Text { get; set; } = "";

    /// <summary>Specifies the sender. By default, the account itself, from its phone (specify the chat with -To or -Group), or WeChat for notices in a group.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public string? From { get; set; }

    /// <summary>Specifies the group of the message. For FriendRequest, the group where the person found the account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>Specifies the recipient of a message that the account sends from its phone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public string? To { get; set; }

    /// <summary>Specifies the account that gets the message, by nickname. By default, the first account of the emulator.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>Specifies the kind of message.</summary>
    [Parameter]
    [ValidateSet(
        "Text", "Image", "Voice", "Video", "Emoticon", "File", "Link", "Music", "MiniProgram", "Quote", "ChatHistory", "Transfer", "RedPacket",
        "LiveLocation", "App", "Location", "Card", "Call", "System", "Tickle", "GroupJoin", "GroupLeave", "GroupRename", "Recall",
        "FriendRequest", "FriendSuggestion", "Status", "Raw")]
    public string Kind { get; set; } = "Text";

    /// <summary>Specifies the name of a file.</summary>
    [Parameter]
    public string? FileName { get; set; }

    /// <summary>Specifies a local file as the content. By default, a small sample.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Specifies the title of a link, song, mini program, chat history or other app message, or the address of a location.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Specifies the URL of a link or song, or the page in a mini program.</summary>
    [Parameter]
    public string? Url { get; set; }

    /// <summary>Specifies the duration of a voice message or video, in seconds.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public double? DurationSec { get; set; }

    /// <summary>Specifies the latitude of a location, in degrees north.</summary>
    [Parameter]
    [ValidateRange(-90.0, 90.0)]
    public double? Latitude { get; set; }

    /// <summary>Specifies the longitude of a location, in degrees east.</summary>
    [Parameter]
    [ValidateRange(-180.0, 180.0)]
    public double? Longitude { get; set; }

    /// <summary>Specifies the amount of a transfer, in yuan.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public decimal? Amount { get; set; }

    /// <summary>Specifies the store set of a sticker. WeChat does not let web clients download such stickers.</summary>
    [Parameter]
    public string? ProductId { get; set; }

    /// <summary>Specifies the person on a name card. For FriendRequest, the person who shared the account's name card.</summary>
    [Parameter]
    public string? Card { get; set; }

    /// <summary>Specifies the id of the recalled message.</summary>
    [Parameter]
    public string? RecalledId { get; set; }

    /// <summary>Specifies the id of the quoted message: one of the last messages that the account received or sent.</summary>
    [Parameter]
    public string? QuotedId { get; set; }

    /// <summary>Specifies the code of a status message: 1 read, 2 chat opened, 4 recent chats, 5 chat left.</summary>
    [Parameter]
    public int? StatusCode { get; set; }

    /// <summary>Specifies a type number other than the kind's own. With -Kind Text, any number is possible, and the text is the content.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MsgType { get; set; }

    /// <summary>Specifies an app type number other than the kind's own. With -Kind App, any number is possible.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? AppMsgType { get; set; }

    /// <summary>Specifies the JSON item for -Kind Raw. It may be malformed.</summary>
    [Parameter]
    public string? Json { get; set; }

    /// <summary>Specifies the number of messages. {n} in the text becomes the message's number.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Count { get; set; } = 1;

    /// <summary>Indicates that the cmdlet returns the ids of the messages.</summary>
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

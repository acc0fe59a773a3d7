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
    /// <summary>The text, a greeting, or the words of a notice.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Text { get; set; } = "";

    /// <summary>Who writes. Left out: the account itself, on its phone (-To or -Group says where), or in a group WeChat itself.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>The group that it is written in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>Whom the account itself writes to on its phone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>What kind of message.</summary>
    [Parameter]
    [ValidateSet(
        "Text", "Image", "Voice", "Video", "Emoticon", "File", "Link", "Location", "Card", "System", "Recall", "FriendRequest", "Status", "Raw")]
    public string Kind { get; set; } = "Text";

    /// <summary>A file's name.</summary>
    [Parameter]
    public string? FileName { get; set; }

    /// <summary>A file on this machine, whose bytes and name are sent; without it a small sample.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The title of a link, or the address of a place.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Where a link leads.</summary>
    [Parameter]
    public string? Url { get; set; }

    /// <summary>Whose card it is.</summary>
    [Parameter]
    public string? Card { get; set; }

    /// <summary>The id of the message that is taken back.</summary>
    [Parameter]
    public string? RecalledId { get; set; }

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
            ["url"] = Url, ["card"] = Card, ["recalledMsgId"] = RecalledId, ["json"] = Json, ["count"] = Count,
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

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Send-WeChatFile: sends pictures, videos and files.</summary>
[Cmdlet(
    VerbsCommunications.Send, "WeChatFile", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(WeChatReceipt))]
public sealed class SendWeChatFile : SendingCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string ReplySet = "Reply";
    private const string ReplyLiteralSet = "ReplyLiteral";

    /// <summary>Who gets it: ids, remarks or nicknames, contacts, groups, or messages to answer. It is uploaded once for all of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] To { get; set; } = [];

    /// <summary>A message to answer, or the contact or group to send to.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplySet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplyLiteralSet)]
    [ObjectOnly]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>The files; folders that wildcards match are left out. The receiver gets to see the file's name, never its folder.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplySet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, named as they are: no character is a wildcard. Files that are piped in (Get-ChildItem) come here.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyLiteralSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// As what it is sent. Auto goes by the file's first bytes, then by its extension: JPEG, PNG and BMP are pictures, GIF animated pictures,
    /// MP4 videos, all up to 20 MB; anything else, and what is larger, is a file of up to 50 MB.
    /// </summary>
    [Parameter]
    public WeChatFileKind As { get; set; }

    private bool IsReply => ParameterSetName is ReplySet or ReplyLiteralSet;

    private protected override string? InputSession => IsReply ? InputObject.Session : To[0].Session;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        List<Receiver> receivers = IsReply ? await ResolveAsync([InputObject], null, stop) : await ReceiversAsync(To, null, stop);
        foreach (string path in Paths())
            await SendAsync(path, receivers, stop);
    }

    private async Task SendAsync(string path, List<Receiver> receivers, CancellationToken stop)
    {
        OutgoingFile opened;
        try
        {
            opened = OutgoingFile.Open(path, As);
        }
        catch (WeChatException failure)
        {
            WriteError(failure);
            return;
        }

        using OutgoingFile file = opened;

        // what one account brought to the server is its own
        var uploaded = new Dictionary<WeChatSession, MessageBody>();
        foreach ((WeChatSession session, WeChatContact receiver) in receivers)
        {
            await SendAsync(
                receiver, $"'{file.Name}' ({file.Kind}, {file.Length} bytes)", file.Length, async options =>
                {
                    if (!uploaded.TryGetValue(session, out MessageBody? body))
                        uploaded[session] = body = await session.UploadAsync(file, receiver, options, stop);
                    return await session.SendAsync(receiver, body, options, stop);
                });
        }
    }

    private IEnumerable<string> Paths() => LiteralPath.Length > 0
        ? LiteralPath.SelectMany(path => Found(path, isLiteral: true))
        : Path.SelectMany(path => Found(path, isLiteral: !WildcardPattern.ContainsWildcardCharacters(path)));

    private IEnumerable<string> Found(string path, bool isLiteral)
    {
        try
        {
            if (isLiteral)
                return [FilePaths.Full(this, path)];
            IReadOnlyList<string> found = FilePaths.Matching(this, path);
            return found.Count > 0 ? found.Where(one => !Directory.Exists(one)) : throw new WeChatException(
                WeChatErrorReason.FileUnavailable, $"No file matches '{path}'.") { Subject = path };
        }
        catch (WeChatException failure)
        {
            WriteError(failure);
        }
        catch (Exception refused) when (refused is SessionStateException or PSNotSupportedException)
        {
            WriteError(new WeChatException(WeChatErrorReason.FileUnavailable, refused.Message, refused) { Subject = path });
        }

        return [];
    }
}

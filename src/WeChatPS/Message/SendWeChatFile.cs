using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Sessions;
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
    private const string ContentSet = "Content";
    private const string ReplySet = "Reply";
    private const string ReplyLiteralSet = "ReplyLiteral";
    private const string ReplyContentSet = "ReplyContent";

    private readonly UploadedFiles _uploaded = new();
    private OutgoingFile? _content;
    private string? _named;

    /// <summary>Who gets it: ids, remarks or nicknames, contacts, groups, or messages to answer. It is uploaded once for all of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ContentSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] To { get; set; } = [];

    /// <summary>A message to answer, or the contact or group to send to.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplySet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplyLiteralSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplyContentSet)]
    [ObjectOnly]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>The files; folders that wildcards match are left out. The receiver gets to see the file's name, never its folder.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplySet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathText]
    public string[] Path { get; set; } = [];

    /// <summary>The files, named as they are: no character is a wildcard. Files that are piped in (Get-ChildItem) come here.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyLiteralSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Bytes, or a stream, instead of a file. A stream that can seek goes from its beginning to its end and stays open; any other is read to
    /// its end, through a temporary file.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ContentSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyContentSet)]
    [ValidateNotNull]
    [Content]
    public ContentRef? Content { get; set; }

    /// <summary>The name that the receiver sees: of -Content, or another one than the file's own. What looks like folders in it is left out.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ReplySet)]
    [Parameter(ParameterSetName = ReplyLiteralSet)]
    [Parameter(Mandatory = true, ParameterSetName = ContentSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyContentSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// As what it is sent. Auto goes by the file's first bytes, then by its extension: JPEG, PNG and BMP are pictures, GIF animated pictures,
    /// MP4 videos, all up to 20 MB; anything else, and what is larger, is a file of up to 50 MB.
    /// </summary>
    [Parameter]
    public WeChatFileKind As { get; set; }

    private bool IsReply => ParameterSetName is ReplySet or ReplyLiteralSet or ReplyContentSet;

    private protected override Origin? InputOrigin => IsReply ? InputObject.Origin : To[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        PathTextAttribute.Check([.. Path, .. LiteralPath]);
        List<Receiver> receivers = IsReply ? await ResolveAsync([InputObject], null, stop) : await ReceiversAsync(To, null, stop);
        if (Content is not null)
        {
            // the same for everybody who is piped in; what cannot be sent ends the pipeline, as there is nothing else to send
            _content ??= await OutgoingFile.OfContentAsync(Content.Stream, Name!, As, session.Time.GetUtcNow(), stop);
            await SendAsync(_content, receivers, stop);
        }

        foreach (string path in Files())
            await SendAsync(path, receivers, stop);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _content?.Dispose();
        base.Dispose(disposing);
    }

    private async Task SendAsync(string path, List<Receiver> receivers, CancellationToken stop)
    {
        OutgoingFile opened;
        try
        {
            opened = OutgoingFile.Open(path, As, Name);
        }
        catch (WeChatException failure)
        {
            WriteError(failure);
            return;
        }

        using OutgoingFile file = opened;
        await SendAsync(file, receivers, stop);
    }

    private async Task SendAsync(OutgoingFile file, List<Receiver> receivers, CancellationToken stop)
    {
        foreach (Receiver to in receivers)
        {
            (WeChatSession session, WeChatContact receiver) = to;
            await SendAsync(
                to, $"'{file.Name}' ({file.Kind}, {file.Length} bytes)", file.Length, async options =>
                {
                    MessageBody body = await _uploaded.GetAsync(session, file, () => session.UploadAsync(file, receiver, options, stop));
                    return await session.SendAsync(receiver, body, options, stop);
                });
        }
    }

    /// <summary>The files that this input means; several cannot have one name.</summary>
    private string[] Files()
    {
        string[] found = [.. Paths()];
        if (Name is null)
            return found;
        _named ??= found.FirstOrDefault();
        if (found.All(path => path == _named))
            return found;
        WriteError(new WeChatException(WeChatErrorReason.InvalidRequest, "-Name is the name of one file, and these are several.") { Subject = Name });
        return [];
    }

    private IEnumerable<string> Paths() => LiteralPath.Length > 0
        ? LiteralPath.SelectMany(path => Found(path, isLiteral: true))
        : Path.SelectMany(path => Found(path, isLiteral: false));

    private IEnumerable<string> Found(string path, bool isLiteral)
    {
        try
        {
            if (isLiteral)
                return [FilePaths.Full(this, path)];
            if (!WildcardPattern.ContainsWildcardCharacters(path))
                return [FilePaths.Unescaped(this, path)];
            IReadOnlyList<string> found = FilePaths.Matching(this, path);
            return found.Count > 0 ? found.Where(one => !Directory.Exists(one)) : throw new WeChatException(
                WeChatErrorReason.FileUnavailable, $"No file matches '{path}'. -LiteralPath takes it as it is.") { Subject = path };
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

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

/// <summary>Send-WeChatFile: sends images, videos and files.</summary>
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

    /// <summary>Specifies the recipients: ids, remarks, nicknames, contacts, groups, or messages to reply to. Each file is uploaded once for all recipients.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ContentSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] To { get; set; } = [];

    /// <summary>Specifies a message to reply to, or the contact or group to send to.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplySet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplyLiteralSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ReplyContentSet)]
    [ObjectOnly]
    public ContactRef InputObject { get; set; } = null!;

    /// <summary>Specifies the files. Wildcards do not match folders. The recipient sees the file's name, not its folder.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplySet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathText]
    public string[] Path { get; set; } = [];

    /// <summary>Specifies the files by exact path, without wildcards. Accepts files from the pipeline (Get-ChildItem).</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyLiteralSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Specifies bytes or a stream instead of a file. The cmdlet sends a seekable stream from the beginning and leaves it open. It reads any
    /// other stream to the end, through a temporary file.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ContentSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyContentSet)]
    [ValidateNotNull]
    [Content]
    public ContentRef? Content { get; set; }

    /// <summary>Specifies the file name that the recipient sees. It is required with -Content. Folders in the name are removed.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ReplySet)]
    [Parameter(ParameterSetName = ReplyLiteralSet)]
    [Parameter(Mandatory = true, ParameterSetName = ContentSet)]
    [Parameter(Mandatory = true, ParameterSetName = ReplyContentSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// Specifies the message type. Auto uses the file's first bytes, then its extension: JPEG, PNG and BMP are images, GIF animated images,
    /// MP4 videos, all up to 20 MB. Any other or larger content is a file of up to 50 MB.
    /// </summary>
    [Parameter]
    public WeChatFileKind As { get; set; }

    private bool IsReply => ParameterSetName is ReplySet or ReplyLiteralSet or ReplyContentSet;

    private protected override Origin? InputOrigin => IsReply ? InputObject.Origin : To[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        PathTextAttribute.Check([.. Path, .. LiteralPath]);
        List<Recipient> recipients = IsReply ? await ResolveAsync([InputObject], null, stop) : await RecipientsAsync(To, null, stop);
        if (Content is not null)
        {
            // The content is the same for all piped recipients. If it cannot be sent, the error ends the pipeline.
            _content ??= await OutgoingFile.OfContentAsync(Content.Stream, Name!, As, session.Time.GetUtcNow(), stop);
            await SendAsync(_content, recipients, stop);
        }

        foreach (string path in Files())
            await SendAsync(path, recipients, stop);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _content?.Dispose();
        base.Dispose(disposing);
    }

    private async Task SendAsync(string path, List<Recipient> recipients, CancellationToken stop)
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
        await SendAsync(file, recipients, stop);
    }

    private async Task SendAsync(OutgoingFile file, List<Recipient> recipients, CancellationToken stop)
    {
        foreach (Recipient to in recipients)
        {
            (WeChatSession session, WeChatContact contact) = to;
            await SendAsync(
                to, $"'{file.Name}' ({file.Kind}, {file.Length} bytes)", file.Length, async options =>
                {
                    MessageBody body = await _uploaded.GetAsync(session, file, () => session.UploadAsync(file, contact, options, stop));
                    return await session.SendAsync(contact, body, options, stop);
                });
        }
    }

    /// <summary>Gets the files of this input. Several files with -Name are an error.</summary>
    private string[] Files()
    {
        string[] found = [.. Paths()];
        if (Name is null)
            return found;
        _named ??= found.FirstOrDefault();
        if (found.All(path => path == _named))
            return found;
        WriteError(new WeChatException(WeChatErrorReason.InvalidRequest, "-Name is for one file, but several files are specified.") { Subject = Name });
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
                WeChatErrorReason.FileUnavailable, $"No file matches '{path}'. To use it without wildcards, specify -LiteralPath.") { Subject = path };
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

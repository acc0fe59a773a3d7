using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;

namespace WeChatPS.Web;

/// <summary>One file on its way into a stream, over as many connections as it takes. What comes is looked at before it is taken for the file.</summary>
internal sealed class MediaTransfer(WantedMedia wanted, Stream target)
{
    /// <summary>Nothing that a person sends is larger; a server that never ends must not fill the disk.</summary>
    private const long Largest = 2L * 1024 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _head = new byte[4096];
    private int _headLength;
    private bool _mayContinue = true;

    /// <summary>How many bytes are there.</summary>
    public long Received { get; private set; }

    /// <summary>How many there will be; null when nobody says.</summary>
    public long? Total { get; private set; }

    /// <summary>What it is; null until enough is there to tell.</summary>
    public MediaFormat? Format { get; private set; }

    /// <summary>What tells this version of the file from another one.</summary>
    public string? Validator { get; private set; }

    /// <summary>Where to go on: behind what is there, or at the beginning when the server cannot do that.</summary>
    public long ContinueAt => _mayContinue ? Received : 0;

    /// <summary>Reads a reply to its end.</summary>
    /// <returns>What is in the way of a whole file, in words, when another try may help; null when it is there.</returns>
    /// <exception cref="WireException">The connection broke; what came before it is kept.</exception>
    /// <exception cref="WeChatException">What comes is not the file.</exception>
    public async Task<string?> TakeAsync(WireDownload download, Action<MediaProgress> report, CancellationToken cancellationToken)
    {
        if (download.Status is 408 or 429 or >= 500)
            return $"the server answered with status {download.Status}";
        if (download.Status == 416 && Received > 0)
            return StartOver("the server does not know the rest");
        if (download.Status is 404 or 410)
            throw Unavailable(wanted);
        if (download.Status is not (200 or 206))
            throw Unexpected($"the server answered with status {download.Status}");
        if (!Continues(download))
        {
            if (download.Status == 206 && (download.Range?.From ?? ContinueAt) > 0)
                return StartOver("the server sent another part");
            Restart(download);
        }

        while (await download.ReadAsync(_buffer).ConfigureAwait(false) is > 0 and int count)
        {
            if (Received + count > Largest)
                throw Unexpected("it does not end");
            Look(count, download);
            await target.WriteAsync(_buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            Received += count;
            report(new MediaProgress(Received, Total));
        }

        return End(download);
    }

    private bool Continues(WireDownload download) => Received > 0 && download.Range is { } range
        && range.From == Received && (Total is null || range.Length is null || range.Length == Total);

    private string StartOver(string why)
    {
        _mayContinue = false;
        return why;
    }

    private void Restart(WireDownload download)
    {
        target.SetLength(0);
        (Received, _headLength, Format) = (0, 0, null);
        Total = download.Range?.Length ?? download.Length;
        Validator = download.Validator;
    }

    // the first bytes tell a picture from a page of HTML before much of it was read
    private void Look(int count, WireDownload download)
    {
        int taken = Math.Min(count, _head.Length - _headLength);
        Array.Copy(_buffer, 0, _head, _headLength, taken);
        _headLength += taken;
        if (Format is null && _headLength == _head.Length)
            Format = Inspect(download);
    }

    private string? End(WireDownload download)
    {
        if (Received == 0)
            return wanted.MayComeLate ? "the server sent nothing" : throw Unavailable(wanted);
        if (Received < Total)
            return $"{Received} of {Total} bytes came";
        if (Received > Total)
            return StartOver($"{Received} instead of {Total} bytes came");
        Format ??= Inspect(download);
        if (wanted.Size > 0 && Received != wanted.Size)
            throw Unexpected($"it has {Received} bytes instead of {wanted.Size}");
        return download.HasDefiniteEnd || wanted.Size > 0 ? null : throw Unexpected("nobody can tell whether it is whole");
    }

    private MediaFormat Inspect(WireDownload download)
    {
        ReadOnlySpan<byte> head = _head.AsSpan(0, _headLength);
        MediaFormat? found = MediaFormat.Of(head);
        if (found is { } format && (wanted.Class == MediaClass.Any || wanted.Class == format.Class))
            return format;
        if (wanted.Class == MediaClass.Any && wanted.Size > 0 && wanted.Size == Total)
            return default;
        MediaReply.ThrowIfRefused(head, wanted);
        if (MediaReply.IsPage(head, download.ContentType))
            throw Unexpected("the server sent a page");
        if (wanted.Class == MediaClass.Any)
            return default;
        MediaFormat? claimed = found is null ? MediaFormat.OfContentType(download.ContentType) : null;
        return claimed?.Class == wanted.Class
            ? claimed.Value
            : throw Unexpected($"what the server sent ({DisplayText.Visible(download.ContentType ?? "unnamed", 60)}) is something else");
    }

    /// <summary>The error for what WeChat does not show in the web.</summary>
    public static WeChatException Unavailable(WantedMedia wanted) => new(
        WeChatErrorReason.MediaUnavailable, $"WeChat does not offer {wanted.Subject} on the web.");

    private WeChatException Unexpected(string why) => new(
        WeChatErrorReason.ProtocolError, $"{Capital(wanted.Subject)} could not be fetched: {why}.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}

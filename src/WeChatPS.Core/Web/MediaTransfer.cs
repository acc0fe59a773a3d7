using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;

namespace WeChatPS.Web;

/// <summary>One download into a stream, continued over several connections if necessary. The first bytes are checked before the download goes on.</summary>
internal sealed class MediaTransfer(WantedMedia wanted, Stream target)
{
    /// <summary>The size limit: larger than any file in WeChat, so that an endless response cannot fill the disk.</summary>
    private const long Largest = 2L * 1024 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _head = new byte[4096];
    private int _headLength;
    private bool _mayContinue = true;

    /// <summary>The number of bytes received.</summary>
    public long Received { get; private set; }

    /// <summary>The total number of bytes; null while unknown.</summary>
    public long? Total { get; private set; }

    /// <summary>The format; null until enough bytes were received.</summary>
    public MediaFormat? Format { get; private set; }

    /// <summary>The ETag of the file, or null.</summary>
    public string? Validator { get; private set; }

    /// <summary>The position to continue at: the end of the received bytes, or 0 when the server does not support ranges.</summary>
    public long ContinueAt => _mayContinue ? Received : 0;

    /// <summary>Reads a response to its end.</summary>
    /// <returns>The reason why the file is incomplete, if a retry may help; null when the file is complete.</returns>
    /// <exception cref="WireException">The connection broke. Received bytes are kept.</exception>
    /// <exception cref="WeChatException">The response is not the file.</exception>
    public async Task<string?> ReadAsync(WireDownload download, Action<MediaProgress> report, CancellationToken cancellationToken)
    {
        if (download.Status is 408 or 429 or >= 500)
            return $"the server responded with status {download.Status}";
        if (download.Status == 416 && Received > 0)
            return StartOver("the server refused the requested range");
        if (download.Status is 404 or 410)
            throw Unavailable(wanted);
        if (download.Status is not (200 or 206))
            throw Unexpected($"the server responded with status {download.Status}");
        if (!Continues(download))
        {
            if (download.Status == 206 && (download.Range?.From ?? ContinueAt) > 0)
                return StartOver("the server sent a different range");
            Restart(download);
        }

        while (await download.ReadAsync(_buffer).ConfigureAwait(false) is > 0 and int count)
        {
            if (Received + count > Largest)
                throw Unexpected("the response exceeds 2 GB");
            InspectHead(count, download);
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

    // The first bytes show whether the response is an image or an HTML page, before the rest is read.
    private void InspectHead(int count, WireDownload download)
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
            return $"only {Received} of {Total} bytes arrived";
        if (Received > Total)
            return StartOver($"{Received} instead of {Total} bytes arrived");
        Format ??= Inspect(download);
        if (wanted.Size > 0 && Received != wanted.Size)
            throw Unexpected($"it has {Received} bytes instead of {wanted.Size}");
        return download.HasDefiniteEnd || wanted.Size > 0 ? null : throw Unexpected("its length is unknown, so it may be incomplete");
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
            throw Unexpected("the server sent a web page");
        if (wanted.Class == MediaClass.Any)
            return default;
        MediaFormat? claimed = found is null ? MediaFormat.OfContentType(download.ContentType) : null;
        return claimed?.Class == wanted.Class
            ? claimed.Value
            : throw Unexpected($"the server sent other content ({DisplayText.Visible(download.ContentType ?? "no type", 60)})");
    }

    /// <summary>Creates the error for media that WeChat does not offer on the web.</summary>
    public static WeChatException Unavailable(WantedMedia wanted) => new(
        WeChatErrorReason.MediaUnavailable, $"WeChat does not offer {wanted.Subject} on the web.");

    private WeChatException Unexpected(string why) => new(
        WeChatErrorReason.ProtocolError, $"{Capital(wanted.Subject)} could not be downloaded: {why}.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}

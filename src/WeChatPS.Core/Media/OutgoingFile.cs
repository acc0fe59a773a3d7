using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Web;

namespace WeChatPS.Media;

/// <summary>A file to send. It stays open during the upload. Bytes that are appended meanwhile are not sent.</summary>
internal sealed class OutgoingFile : IDisposable
{
    private const int HeadLength = 64;
    private const int BufferLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly bool _isOurs;
    private string? _md5;

    private OutgoingFile(
        Stream stream, bool isOurs, string subject, string name, long length, ReadOnlySpan<byte> head, DateTimeOffset changed, WeChatFileKind wanted)
    {
        (_stream, _isOurs) = (stream, isOurs);
        (Subject, Name, Length, Changed) = (subject, name, length, changed);
        Kind = wanted == WeChatFileKind.Auto ? FileKinds.Of(head, name, length) : wanted;
        ContentType = FileKinds.ContentType(head);
    }

    /// <summary>The path or name for error messages. It is never sent.</summary>
    public string Subject { get; }

    /// <summary>The name that the recipient sees.</summary>
    public string Name { get; }

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>The kind to send, never <see cref="WeChatFileKind.Auto"/>.</summary>
    public WeChatFileKind Kind { get; }

    public string ContentType { get; }

    /// <summary>The time of the last change.</summary>
    public DateTimeOffset Changed { get; }

    /// <summary>Opens a file and checks that it can be sent.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="wanted">The kind to send.</param>
    /// <param name="name">Another name than the file's own. Folders in the name are removed.</param>
    /// <exception cref="WeChatException">FileUnavailable, EmptyFile, FileTooLarge, or EmptyName.</exception>
    public static OutgoingFile Open(string path, WeChatFileKind wanted, string? name = null)
    {
        try
        {
            name = name is null ? Cleaned(Path.GetFileName(path)) : NameOf(name);

            // The length is checked first, because devices and pipes have none and might never open or end.
            FileInfo info = Target(path);
            if (!info.Exists) throw Unavailable(path, Directory.Exists(path) ? "the path is a folder." : "the file does not exist.");
            if ((info.Attributes & FileAttributes.ReparsePoint) == 0) ThrowIfEmpty(info.Length, path);
            var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            try
            {
                long length = stream.Length;
                ThrowIfEmpty(length, path);
                byte[] head = new byte[HeadLength];
                int count = stream.Read(head, 0, HeadLength);
                return new OutgoingFile(
                    stream, true, path, name, length, head.AsSpan(0, count), new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero), wanted).Checked();
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Unavailable(path, e.Message, e);
        }
    }

    // The length of a link is that of its path. If the link cannot be followed, only the open file has the real length.
    private static FileInfo Target(string path)
    {
        var info = new FileInfo(path);
        return info.Exists && info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : info;
    }

    /// <summary>Creates a file from a stream. A stream without seeking is copied to a temporary file first.</summary>
    /// <param name="content">The content. A stream with seeking is read from its start. The stream remains open and belongs to the caller.</param>
    /// <param name="name">The name that the recipient sees. Folders in the name are removed.</param>
    /// <param name="wanted">The kind to send.</param>
    /// <param name="changed">The time of the last change.</param>
    /// <param name="cancellationToken">Cancels the copying.</param>
    /// <exception cref="WeChatException">FileUnavailable, EmptyFile, FileTooLarge, or EmptyName.</exception>
    public static async Task<OutgoingFile> OfContentAsync(
        Stream content, string name, WeChatFileKind wanted, DateTimeOffset changed, CancellationToken cancellationToken)
    {
        name = NameOf(name);
        Stream stream = content;
        try
        {
            if (!content.CanRead) throw Unavailable(name, "the stream cannot be read.");
            if (!content.CanSeek) stream = await CopyAsync(content, name, wanted, cancellationToken).ConfigureAwait(false);
            long length = stream.Length;
            ThrowIfEmpty(length, name);
            byte[] head = new byte[Math.Min(HeadLength, length)];
            await ReadAsync(stream, name, 0, head, head.Length, cancellationToken).ConfigureAwait(false);
            return new OutgoingFile(stream, stream != content, name, name, length, head, changed, wanted).Checked();
        }
        catch (Exception e)
        {
            if (stream != content) stream.Dispose();
            if (e is WeChatException or OperationCanceledException) throw;

            // A stream from a caller may throw any exception.
            throw Unavailable(name, e.Message, e);
        }
    }

    /// <summary>Computes the MD5 digest by which the server identifies files.</summary>
    /// <exception cref="WeChatException">FileUnavailable: the file cannot be read or written.</exception>
    public async Task<string> Md5Async(CancellationToken cancellationToken)
    {
        if (_md5 is not null) return _md5;
        using var digest = new FileDigest();
        byte[] buffer = new byte[BufferLength];
        for (long at = 0; at < Length; at += BufferLength)
        {
            int count = (int)Math.Min(BufferLength, Length - at);
            await ReadAsync(at, buffer, count, cancellationToken).ConfigureAwait(false);
            digest.Add(buffer, count);
        }

        return _md5 = digest.End();
    }

    /// <summary>Reads a part of the file to the start of a buffer.</summary>
    /// <exception cref="WeChatException">FileUnavailable: the file cannot be read, or became shorter.</exception>
    public Task ReadAsync(long position, byte[] buffer, int count, CancellationToken cancellationToken) =>
        ReadAsync(_stream, Subject, position, buffer, count, cancellationToken);

    public void Dispose()
    {
        if (_isOurs) _stream.Dispose();
    }

    /// <summary>Creates the error for a file that is missing, unreadable or changed.</summary>
    public static WeChatException Unavailable(string subject, string why, Exception? cause = null) =>
        new(WeChatErrorReason.FileUnavailable, $"'{subject}' cannot be sent: {why}", cause) { Subject = subject };

    private static async Task ReadAsync(Stream stream, string subject, long position, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        try
        {
            stream.Position = position;
            for (int at = 0; at < count;)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(at, count - at), cancellationToken).ConfigureAwait(false);
                if (read == 0) throw Unavailable(subject, "the file became shorter during the upload.");
                at += read;
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Unavailable(subject, e.Message, e);
        }
    }

    private static async Task<Stream> CopyAsync(Stream content, string name, WeChatFileKind wanted, CancellationToken cancellationToken)
    {
        FileStream copy = TemporaryFile.Create();
        try
        {
            long limit = FileKinds.Limit(wanted == WeChatFileKind.Auto ? WeChatFileKind.File : wanted);
            byte[] buffer = new byte[BufferLength];
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                if (copy.Length + count > limit) throw TooLarge(name, $"more than {limit}", limit, wanted);
                await copy.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }

            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private OutgoingFile Checked()
    {
        long limit = FileKinds.Limit(Kind);
        return Length <= limit ? this : throw TooLarge(Subject, $"{Length}", limit, Kind);
    }

    // A name may come from any operating system. Folders are removed.
    private static string NameOf(string given)
    {
        string name = Cleaned(given.Substring(given.LastIndexOfAny(['/', '\\']) + 1));
        return name.Trim('.', ' ').Length > 0
            ? name
            : throw new WeChatException(WeChatErrorReason.EmptyName, $"'{given}' is not a valid file name.") { Subject = given };
    }

    // A name may contain characters that are not allowed in forms or XML.
    private static string Cleaned(string given)
    {
        var name = new StringBuilder(WireText.WellFormed(given));
        for (int at = 0; at < name.Length; at++)
        {
            if (char.IsControl(name[at]) || name[at] is '\uFFFE' or '\uFFFF') name[at] = '_';
        }

        return name.ToString();
    }

    private static void ThrowIfEmpty(long length, string subject)
    {
        if (length == 0) throw new WeChatException(WeChatErrorReason.EmptyFile, $"The file '{subject}' is empty.") { Subject = subject };
    }

    private static WeChatException TooLarge(string subject, string length, long limit, WeChatFileKind kind) => new(
        WeChatErrorReason.FileTooLarge, $"The file '{subject}' has {length} bytes. The limit is {limit} bytes ({kind}).") { Subject = subject };

    private static bool IsRefusal(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or ObjectDisposedException;
}

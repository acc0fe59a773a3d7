using System;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Web;

namespace WeChatPS.Media;

/// <summary>A file that is to be sent, held open from the first look at it to its last byte. What is appended meanwhile stays behind.</summary>
internal sealed class OutgoingFile : IDisposable
{
    private const int HeadLength = 64;
    private const int BufferLength = 64 * 1024;

    private readonly FileStream _stream;
    private string? _md5;

    private OutgoingFile(string path, FileStream stream, long length, WeChatFileKind wanted)
    {
        _stream = stream;
        Path = path;
        Name = NameOf(path);
        Length = length;
        Changed = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        byte[] head = new byte[HeadLength];
        var start = new ReadOnlySpan<byte>(head, 0, stream.Read(head, 0, HeadLength));
        Kind = wanted == WeChatFileKind.Auto ? FileKinds.Of(start, Name, length) : wanted;
        ContentType = FileKinds.ContentType(start);
    }

    /// <summary>Where it is: for errors, never for the wire.</summary>
    public string Path { get; }

    /// <summary>Its own name, which is all that the receiver gets to see.</summary>
    public string Name { get; }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    /// <summary>As what it is sent; never <see cref="WeChatFileKind.Auto"/>.</summary>
    public WeChatFileKind Kind { get; }

    public string ContentType { get; }

    /// <summary>When it was written to.</summary>
    public DateTimeOffset Changed { get; }

    /// <summary>Opens a file, and refuses what could not be sent.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="wanted">As what it is to be sent.</param>
    /// <exception cref="WeChatException">FileUnavailable, EmptyFile or FileTooLarge.</exception>
    public static OutgoingFile Open(string path, WeChatFileKind wanted)
    {
        OutgoingFile file;
        try
        {
            // the length first: what is no file and would never end, or never open, has none
            var info = new FileInfo(path);
            if (!info.Exists) throw Unavailable(path, Directory.Exists(path) ? "it is a folder." : "there is no such file.");
            if (info.Length == 0) throw new WeChatException(WeChatErrorReason.EmptyFile, $"The file '{path}' is empty.") { Subject = path };
            var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            try
            {
                file = new OutgoingFile(path, stream, info.Length, wanted);
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

        long limit = FileKinds.Limit(file.Kind);
        if (file.Length <= limit) return file;
        file.Dispose();
        throw new WeChatException(
            WeChatErrorReason.FileTooLarge,
            $"The file '{path}' has {file.Length} bytes; WeChat takes no more than {limit} ({file.Kind}).")
        { Subject = path };
    }

    /// <summary>The digest by which the server knows files.</summary>
    /// <exception cref="WeChatException">FileUnavailable.</exception>
    public async Task<string> Md5Async(CancellationToken cancellationToken)
    {
        if (_md5 is not null) return _md5;
#pragma warning disable CA5351 // the protocol's choice; nothing is protected by it
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        byte[] buffer = new byte[BufferLength];
        for (long at = 0; at < Length; at += BufferLength)
        {
            int count = (int)Math.Min(BufferLength, Length - at);
            await ReadAsync(at, buffer, count, cancellationToken).ConfigureAwait(false);
            digest.AppendData(buffer, 0, count);
        }

        return _md5 = Hex(digest.GetHashAndReset());
    }

    /// <summary>Reads a part of the file to the beginning of a buffer.</summary>
    /// <exception cref="WeChatException">FileUnavailable: it cannot be read, or is shorter by now.</exception>
    public async Task ReadAsync(long position, byte[] buffer, int count, CancellationToken cancellationToken)
    {
        try
        {
            _stream.Position = position;
            for (int at = 0; at < count;)
            {
#if NET8_0_OR_GREATER
                int read = await _stream.ReadAsync(buffer.AsMemory(at, count - at), cancellationToken).ConfigureAwait(false);
#else
                int read = await _stream.ReadAsync(buffer, at, count - at, cancellationToken).ConfigureAwait(false);
#endif
                if (read == 0) throw Unavailable(Path, "it became shorter while it was sent.");
                at += read;
            }
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw Unavailable(Path, e.Message, e);
        }
    }

    public void Dispose() => _stream.Dispose();

    // a name may hold what neither a form nor XML can carry
    private static string NameOf(string path)
    {
        var name = new StringBuilder(WireText.WellFormed(System.IO.Path.GetFileName(path)));
        for (int at = 0; at < name.Length; at++)
        {
            if (char.IsControl(name[at]) || name[at] is '\uFFFE' or '\uFFFF') name[at] = '_';
        }

        return name.ToString();
    }

    private static string Hex(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (byte one in bytes) text.Append(one.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static WeChatException Unavailable(string path, string why, Exception? cause = null) =>
        new(WeChatErrorReason.FileUnavailable, $"'{path}' cannot be sent: {why}", cause) { Subject = path };
}

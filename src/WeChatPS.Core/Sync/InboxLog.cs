using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Hashing;
using WeChatPS.Sessions;

namespace WeChatPS.Sync;

/// <summary>What a record of the inbox log says.</summary>
internal enum RecordKind : byte
{
    /// <summary>A fetched batch together with the cursor that follows it.</summary>
    Batch = 1,

    /// <summary>A step in the life of one message: given, handed over, dead.</summary>
    Mark = 2,

    /// <summary>The cursor of a new login; messages stay.</summary>
    Login = 3,

    /// <summary>Message ids seen before the log was last rewritten.</summary>
    Window = 4,
}

/// <summary>
/// An append-only log of checksummed records. A record is there whole or not at all: a torn tail is cut off when the log is opened, and
/// damage in the middle costs only the records it hit.
/// </summary>
/// <remarks>Record: magic "WX", version, kind, payload length (u32), CRC-32 of the six bytes before it and the payload, payload. Little endian.</remarks>
internal sealed class InboxLog : IDisposable
{
    public const int HeaderLength = 12;
    public const int MaxPayload = 128 * 1024 * 1024;
    private const ushort Magic = 0x5857;
    private const byte Version = 1;

    private readonly string? _path;
    private Stream _stream;

    private InboxLog(string? path, Stream stream) => (_path, _stream) = (path, stream);

    /// <summary>Where the next record goes.</summary>
    public long Length { get; private set; }

    /// <summary>A log that lives as long as the object.</summary>
    public static InboxLog InMemory() => Over(new MemoryStream());

    /// <summary>A log on an empty stream, which it owns.</summary>
    public static InboxLog Over(Stream stream) => new(null, stream);

    /// <summary>Opens or creates the log file, readable by its owner alone.</summary>
    public static InboxLog OpenFile(string path) => new(path, OpenStream(path));

    /// <summary>Reads every intact record in order, then leaves the log ready for appending.</summary>
    /// <param name="visit">Called for each record with its position, kind and payload; the array is reused.</param>
    /// <param name="damaged">Called between the records around a damaged stretch; a torn tail is none.</param>
    public void Replay(Action<long, RecordKind, ArraySegment<byte>> visit, Action damaged)
    {
        long end = _stream.Length, at = 0, good = 0;
        bool isDamaged = false;
        byte[] buffer = new byte[64 * 1024];
        while (at + HeaderLength <= end)
        {
            if (TryRead(at, end, ref buffer, out RecordKind kind, out int length))
            {
                if (at > good) Damaged();
                visit(at, kind, new ArraySegment<byte>(buffer, 0, length));
                at += HeaderLength + length;
                good = at;
            }
            else
            {
                at = FindMagic(at + 1, end);
            }
        }

        if (good < end && !IsTorn(good, end)) Damaged();

        // a damaged log stays as it is until it is copied
        if (good < end && !isDamaged) _stream.SetLength(good);
        Length = good;

        void Damaged()
        {
            isDamaged = true;
            damaged();
        }
    }

    /// <summary>Appends one record in a single write.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="record">The payload, preceded by <see cref="HeaderLength"/> free bytes that this method fills.</param>
    /// <exception cref="IOException">Disk full or unwritable; the log is as it was before.</exception>
    public void Append(RecordKind kind, ArraySegment<byte> record)
    {
        WriteHeader(kind, record);
        _stream.Position = Length;
        try
        {
            _stream.Write(record.Array!, record.Offset, record.Count);
        }
        catch (IOException)
        {
            TakeBack();
            throw;
        }

        Length += record.Count;
    }

    /// <summary>Reads the payload of one record again.</summary>
    public void Read(long position, byte[] payload, int payloadLength) => ReadExactly(position + HeaderLength, payload, payloadLength);

    /// <summary>Replaces the whole log by what <paramref name="write"/> appends: all of it or nothing.</summary>
    public void Rewrite(Action<InboxLog> write)
    {
        if (_path is null)
        {
            using InboxLog fresh = InMemory();
            write(fresh);
            (_stream, fresh._stream) = (fresh._stream, _stream);
            Length = fresh.Length;
            return;
        }

        string next = _path + ".new";
        File.Delete(next);
        using (InboxLog fresh = OpenFile(next))
        {
            write(fresh);
            ((FileStream)fresh._stream).Flush(flushToDisk: true);
        }

        _stream.Dispose();
        try
        {
            AtomicFile.Replace(next, _path);
        }
        finally
        {
            _stream = OpenStream(_path);
            Length = _stream.Length;
        }
    }

    /// <summary>Copies the log as it is beside itself, so that damage can be looked at later.</summary>
    /// <returns>The copy's path; null for a log in memory.</returns>
    public string? SetAside(DateTimeOffset now)
    {
        if (_path is null) return null;
        string copy = FormattableString.Invariant($"{_path}.damaged-{now.UtcDateTime:yyyyMMddHHmmss}");
        using FileStream target = OpenStream(copy);
        target.SetLength(0);
        _stream.Position = 0;
        _stream.CopyTo(target);
        return copy;
    }

    public void Dispose() => _stream.Dispose();

    // no buffer of its own: a record must be with the operating system when Append returns, so that kill -9 cannot take it back
    private static FileStream OpenStream(string path) =>
        OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);

    private static void WriteHeader(RecordKind kind, ArraySegment<byte> record)
    {
        Span<byte> bytes = record;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Magic);
        bytes[2] = Version;
        bytes[3] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.Slice(4), record.Count - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(8), Checksum(bytes, bytes.Slice(HeaderLength)));
    }

    private static uint Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var crc = new Crc32();
        crc.Append(header.Slice(2, 6));
        crc.Append(payload);
        return crc.GetCurrentHashAsUInt32();
    }

    private bool TryRead(long at, long end, ref byte[] buffer, out RecordKind kind, out int length)
    {
        byte[] header = new byte[HeaderLength];
        ReadExactly(at, header, HeaderLength);
        kind = (RecordKind)header[3];
        length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        if (BinaryPrimitives.ReadUInt16LittleEndian(header) != Magic || header[2] != Version) return false;
        if (length < 0 || length > MaxPayload || at + HeaderLength + length > end) return false;
        if (buffer.Length < length) buffer = new byte[length];
        ReadExactly(at + HeaderLength, buffer, length);
        return Checksum(header, buffer.AsSpan(0, length)) == BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8));
    }

    /// <summary>Whether the end of the log is what a write that was cut short leaves: the beginning of one record.</summary>
    private bool IsTorn(long at, long end)
    {
        byte[] whole = [Magic & 0xFF, Magic >> 8, Version];
        byte[] header = new byte[HeaderLength];
        int there = (int)Math.Min(HeaderLength, end - at), known = Math.Min(there, whole.Length);
        ReadExactly(at, header, there);
        if (!header.AsSpan(0, known).SequenceEqual(whole.AsSpan(0, known))) return false;
        return there < HeaderLength || at + HeaderLength + BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)) > end;
    }

    private long FindMagic(long from, long end)
    {
        byte[] chunk = new byte[64 * 1024];
        for (long at = from; at + HeaderLength <= end; at += chunk.Length - 1)
        {
            int count = (int)Math.Min(chunk.Length, end - at);
            ReadExactly(at, chunk, count);
            for (int i = 0; i + 1 < count; i++)
            {
                if (chunk[i] == (Magic & 0xFF) && chunk[i + 1] == Magic >> 8) return at + i;
            }
        }

        return end;
    }

    private void ReadExactly(long position, byte[] buffer, int count)
    {
        _stream.Position = position;
        for (int read = 0; read < count;)
        {
            int n = _stream.Read(buffer, read, count - read);
            if (n == 0) throw new EndOfStreamException("The inbox log is shorter than it was.");
            read += n;
        }
    }

    private void TakeBack()
    {
        try
        {
            _stream.SetLength(Length);
        }
        catch (IOException)
        {
            // the torn record at the end is cut off when the log is opened next time
        }
    }
}

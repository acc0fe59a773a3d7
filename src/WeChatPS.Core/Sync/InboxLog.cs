using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Hashing;
using WeChatPS.Sessions;

namespace WeChatPS.Sync;

/// <summary>The kinds of records in the inbox log.</summary>
internal enum RecordKind : byte
{
    /// <summary>A fetched batch together with the cursor that follows it.</summary>
    Batch = 1,

    /// <summary>A step of one message: delivered, acknowledged or moved to the dead-letter file.</summary>
    Mark = 2,

    /// <summary>The cursor of a new login. Messages remain.</summary>
    Login = 3,

    /// <summary>Message ids seen before the log was last rewritten.</summary>
    Window = 4,

    /// <summary>The ids of the window by which versions 0.1 and 0.2 recognized messages. Logs of these versions have no such record.</summary>
    Earlier = 5,
}

/// <summary>
/// An append-only log of records with checksums. An incomplete record at the end is cut off when the log is opened. Damage in the
/// middle affects only the damaged records.
/// </summary>
/// <remarks>Record: magic "WX", version, kind, payload length (u32), CRC-32 of the six bytes before it and the payload, payload. Little endian.</remarks>
internal sealed class InboxLog : IDisposable
{
    public const int HeaderLength = 12;
    public const int MaxPayload = 128 * 1024 * 1024;
    private const ushort Magic = 0x5857;
    private const byte Version = 1;

    private readonly string? _path;
    private readonly Func<Stream>? _create;
    private readonly Func<long?>? _freeSpace;
    private readonly DiskReserve? _reserve;
    private Stream _stream;
    private bool _hasRest;

    private InboxLog(string path)
    {
        (_path, _stream) = (path, OpenStream(path));
        DriveInfo? drive = DriveOf(path);
        _freeSpace = () => FreeSpaceOf(drive);
        _reserve = DiskReserve.At(path + ".reserve");
    }

    private InboxLog(Stream stream, Func<Stream>? create, Func<long?>? freeSpace, DiskReserve? reserve) =>
        (_stream, _create, _freeSpace, _reserve) = (stream, create, freeSpace, reserve);

    /// <summary>The log file; null for a log in memory.</summary>
    public string? Path => _path;

    /// <summary>The position of the next record.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the file was removed or replaced by another one. What is written then is lost when the log is closed.</summary>
    public bool IsGone
    {
        get
        {
            // Windows does not remove open files. Where a file system keeps no time of creation, the system gives another time, which may change between two questions.
            return !OperatingSystem.IsWindows() && _stream is FileStream file && !IsAtPath(file) && !IsAtPath(file);
        }
    }

    /// <summary>The free space on the disk as the system tells it; null if it does not.</summary>
    public long? FreeSpace => _freeSpace?.Invoke();

    /// <summary>Creates a log in memory.</summary>
    public static InboxLog InMemory() => Over(new MemoryStream());

    /// <summary>Creates a log on an empty stream, which the log owns.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="create">Creates the stream that replaces it when the log is rewritten; null for one in memory.</param>
    /// <param name="freeSpace">Tells the free space; null where nobody knows it.</param>
    /// <param name="reserve">Space that the log may hold; null for none.</param>
    public static InboxLog Over(Stream stream, Func<Stream>? create = null, Func<long?>? freeSpace = null, DiskReserve? reserve = null) =>
        new(stream, create, freeSpace, reserve);

    /// <summary>Opens or creates the log file, readable only by its owner.</summary>
    public static InboxLog OpenFile(string path) => new(path);

    /// <summary>Reads all intact records in order and prepares the log for appending.</summary>
    /// <param name="visit">Called for each record with its position, kind and payload. The array is reused.</param>
    /// <param name="damaged">Called between the records around a damaged part. An incomplete record at the end does not count.</param>
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

        // A damaged log must not change before it is copied.
        if (good < end && !isDamaged) _stream.SetLength(good);
        Length = good;

        void Damaged()
        {
            isDamaged = true;
            damaged();
        }
    }

    /// <summary>Appends one record in a single write.</summary>
    /// <param name="kind">The kind of the record.</param>
    /// <param name="record">The payload after <see cref="HeaderLength"/> free bytes, which this method fills.</param>
    /// <exception cref="IOException">The disk is full or not writable. The log is unchanged.</exception>
    public void Append(RecordKind kind, ArraySegment<byte> record)
    {
        WriteHeader(kind, record);
        if (_hasRest) CutOffRest();
        _stream.Position = Length;
        try
        {
            _stream.Write(record.Array!, record.Offset, record.Count);
        }
        catch (IOException)
        {
            CutOffRest();
            throw;
        }

        Length += record.Count;
    }

    /// <summary>Finds out by writing whether that many bytes fit. Quotas and some network disks do not tell otherwise.</summary>
    public bool HasRoomFor(long length)
    {
        byte[] chunk = new byte[64 * 1024];

        // Like the beginning of a record that never fits, so that it is cut off after a crash.
        BinaryPrimitives.WriteUInt16LittleEndian(chunk, Magic);
        chunk[2] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4), uint.MaxValue);
        try
        {
            _stream.Position = Length;
            for (long left = Math.Max(length, HeaderLength); left > 0; left -= chunk.Length) _stream.Write(chunk, 0, (int)Math.Min(left, chunk.Length));
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            CutOffRest();
        }
    }

    /// <summary>Keeps space on the disk for <see cref="GiveUpReserve"/>.</summary>
    public void HoldReserve(long length) => _reserve?.Hold(length);

    /// <returns>Whether there is more free space now.</returns>
    public bool GiveUpReserve() => _reserve?.GiveUp() == true;

    /// <summary>Reads the payload of a record.</summary>
    public void Read(long position, byte[] payload, int payloadLength) => ReadExactly(position + HeaderLength, payload, payloadLength);

    /// <summary>Replaces the log atomically by the records that <paramref name="write"/> appends.</summary>
    public void Rewrite(Action<InboxLog> write)
    {
        if (_path is null)
        {
            using InboxLog fresh = Over(_create?.Invoke() ?? new MemoryStream());
            write(fresh);
            (_stream, fresh._stream) = (fresh._stream, _stream);
            Length = fresh.Length;
            return;
        }

        // Another process may have a log of its own there.
        if (IsGone) throw new FileNotFoundException($"The file {_path} was removed or replaced.");
        string next = _path + ".new";
        File.Delete(next);
        try
        {
            using InboxLog fresh = OpenFile(next);
            write(fresh);
            ((FileStream)fresh._stream).Flush(flushToDisk: true);
        }
        catch
        {
            // On a full disk, it takes the space that marks need.
            TryDelete(next);
            throw;
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

    /// <summary>Copies the log into the same folder, so that the damage can be examined later.</summary>
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

    public void Dispose()
    {
        _reserve?.Dispose();
        _stream.Dispose();
    }

    private bool IsAtPath(FileStream file)
    {
        var there = new FileInfo(_path!);
        return there.Exists && there.Length == file.Length && there.CreationTimeUtc == File.GetCreationTimeUtc(file.SafeFileHandle);
    }

    private static DriveInfo? DriveOf(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        try
        {
            // Windows takes only the root of a drive, and no network path.
            return new DriveInfo(OperatingSystem.IsWindows() ? System.IO.Path.GetPathRoot(folder)! : folder);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static long? FreeSpaceOf(DriveInfo? drive)
    {
        try
        {
            return drive?.AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is deleted by the next rewrite.
        }
    }

    // Without a buffer, so that a record is with the operating system when Append returns and survives kill -9.
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

    /// <summary>Whether the end of the log is the beginning of one record, as an interrupted write leaves it.</summary>
    private bool IsTorn(long at, long end)
    {
        byte[] whole = [Magic & 0xFF, Magic >> 8, Version];
        byte[] header = new byte[HeaderLength];
        int there = (int)Math.Min(HeaderLength, end - at), known = Math.Min(there, whole.Length);
        ReadExactly(at, header, there);
        if (!header.AsSpan(0, known).SequenceEqual(whole.AsSpan(0, known))) return false;
        return at + HeaderLength + BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)) > end;
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
            if (n == 0) throw new EndOfStreamException("The inbox log became shorter.");
            read += n;
        }
    }

    /// <summary>Removes what a failed write left. Behind a shorter record, it would look like damage.</summary>
    private void CutOffRest()
    {
        try
        {
            _stream.SetLength(Length);
            _hasRest = false;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The next record, or the next opening of the log, tries again.
            _hasRest = true;
        }
    }
}

using System;

namespace WeChatPS;

/// <summary>A buffer for repeated use, which saves the garbage collector large arrays. Not thread-safe.</summary>
internal sealed class ReusableBuffer
{
    private const int MaxKept = 1024 * 1024;

    private byte[] _bytes = [];

    /// <summary>Gets an array of at least this length, with undefined content. The caller can use it until the next call.</summary>
    public byte[] AtLeast(int length)
    {
        if (length > MaxKept) return new byte[length];
        if (_bytes.Length < length) _bytes = new byte[Math.Max(length, Math.Min(_bytes.Length * 2, MaxKept))];
        return _bytes;
    }
}

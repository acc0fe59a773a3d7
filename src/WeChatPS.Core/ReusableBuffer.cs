using System;

namespace WeChatPS;

/// <summary>Memory that serves again and again: every large array is dear to the garbage collector. Not thread-safe.</summary>
internal sealed class ReusableBuffer
{
    private const int MostKept = 1024 * 1024;

    private byte[] _bytes = [];

    /// <summary>An array of this length or longer, with whatever was in it. It is the caller's until the next call.</summary>
    public byte[] AtLeast(int length)
    {
        if (length > MostKept) return new byte[length];
        if (_bytes.Length < length) _bytes = new byte[Math.Max(length, Math.Min(_bytes.Length * 2, MostKept))];
        return _bytes;
    }
}

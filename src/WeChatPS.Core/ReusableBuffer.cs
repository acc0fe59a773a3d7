using System;

namespace WeChatPS;

/// <summary>
/// A buffer for repeated use, which saves the garbage collector large arrays. It shrinks again when much less was needed for some time. Not
/// thread-safe.
/// </summary>
internal sealed class ReusableBuffer
{
    private const int MaxKept = 1024 * 1024;

    // After so many uses of less than a quarter, one giant was the exception.
    private const int SmallUses = 16;

    private byte[] _bytes = [];
    private int _smallUses;

    /// <summary>Gets an array of at least this length, with undefined content. The caller can use it until the next call.</summary>
    public byte[] AtLeast(int length)
    {
        if (length > MaxKept) return new byte[length];
        _smallUses = length < _bytes.Length / 4 ? _smallUses + 1 : 0;
        if (_bytes.Length < length) _bytes = new byte[Math.Max(length, Math.Min(_bytes.Length * 2, MaxKept))];
        else if (_smallUses >= SmallUses) (_bytes, _smallUses) = (new byte[length], 0);
        return _bytes;
    }
}

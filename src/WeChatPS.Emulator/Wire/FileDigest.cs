using System;
using System.Security.Cryptography;

namespace WeChatPS.Emulator.Wire;

/// <summary>The MD5 digest by which the protocol identifies files. It protects nothing.</summary>
internal static class FileDigest
{
#pragma warning disable CA5351 // the protocol says MD5
    public static string Of(ReadOnlySpan<byte> data) => Convert.ToHexString(MD5.HashData(data)).ToLowerInvariant();
#pragma warning restore CA5351
}

using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPS.Media;

/// <summary>Computes the MD5 digest by which the server identifies files.</summary>
internal sealed class FileDigest : IDisposable
{
#pragma warning disable CA5351 // the protocol requires MD5, which has no security purpose here
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351

    public void Add(byte[] buffer, int count) => _md5.AppendData(buffer, 0, count);

    /// <summary>Gets the digest of all added bytes, in lower-case hexadecimal digits.</summary>
    public string End()
    {
        var text = new StringBuilder();
        foreach (byte one in _md5.GetHashAndReset()) text.Append(one.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    public void Dispose() => _md5.Dispose();
}

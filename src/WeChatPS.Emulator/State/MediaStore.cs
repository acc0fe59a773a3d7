using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>An uploaded file, or the file of a message.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Signature">The signature of a large upload, or empty.</param>
internal sealed record StoredMedia(string FileName, ReadOnlyMemory<byte> Data, string Signature = "")
{
    /// <summary>The MD5 digest by which the protocol identifies files.</summary>
    public string Md5 { get; } = FileDigest.Of(Data.Span);
}

/// <summary>The server's files by MediaId and MsgId, and the current uploads. The world's gate guards it.</summary>
internal sealed class MediaStore
{
    private readonly Dictionary<string, StoredMedia> _media = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _signatures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UploadedFile> _uploads = new(StringComparer.Ordinal);

    public StoredMedia? Find(string? id) => id is null ? null : _media.GetValueOrDefault(id);

    /// <summary>Gets the MediaId of an uploaded file by digest and length, or null.</summary>
    public string? FindUploaded(string md5, long length) =>
        _media.FirstOrDefault(pair => pair.Key.StartsWith('@') && pair.Value.Data.Length == length && pair.Value.Md5 == md5).Key;

    public void Keep(string id, StoredMedia media) => _media[id] = media;

    /// <summary>Stores a file under a new MediaId.</summary>
    public string Keep(StoredMedia media)
    {
        string id = $"@crypt_{Ids.Hex(8)}_{Ids.Hex(256)}";
        _media[id] = media;
        return id;
    }

    /// <summary>Permits the upload of a large file.</summary>
    public (string AesKey, string Signature) Permit()
    {
        string signature = Ids.Hex(64);
        return (_signatures[signature] = Ids.Hex(32), signature);
    }

    public bool IsPermitted(string? aesKey, string? signature) =>
        signature is not null && aesKey is not null && _signatures.GetValueOrDefault(signature) == aesKey;

    /// <summary>Gets the upload with a key, or starts it.</summary>
    /// <param name="key">The key of the upload.</param>
    /// <param name="begin">Creates a new upload.</param>
    /// <param name="isEnd">Whether the piece is the last one of a completed upload, whose response may have been lost. Any other piece starts a new upload.</param>
    public UploadedFile Upload(string key, Func<UploadedFile> begin, Func<UploadedFile, bool> isEnd)
    {
        if (!_uploads.TryGetValue(key, out UploadedFile? upload) || (upload.MediaId.Length > 0 && !isEnd(upload)))
        {
            _uploads[key] = upload = begin();
        }

        return upload;
    }

    public void EndUpload(string key) => _uploads.Remove(key);
}

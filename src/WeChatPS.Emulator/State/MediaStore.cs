using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>A file that was uploaded, or that came with a message.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Signature">The signature under which a large file was uploaded, or empty.</param>
internal sealed record StoredMedia(string FileName, ReadOnlyMemory<byte> Data, string Signature = "")
{
    /// <summary>The digest by which the protocol knows files.</summary>
    public string Md5 { get; } = FileDigest.Of(Data.Span);
}

/// <summary>The server's files, by MediaId and by MsgId, and those that are on their way. The world's gate guards it.</summary>
internal sealed class MediaStore
{
    private readonly Dictionary<string, StoredMedia> _media = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _signatures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UploadedFile> _uploads = new(StringComparer.Ordinal);

    public StoredMedia? Find(string? id) => id is null ? null : _media.GetValueOrDefault(id);

    /// <summary>The MediaId of an uploaded file with this digest and length, or null.</summary>
    public string? FindUploaded(string md5, long length) =>
        _media.FirstOrDefault(pair => pair.Key.StartsWith('@') && pair.Value.Data.Length == length && pair.Value.Md5 == md5).Key;

    public void Keep(string id, StoredMedia media) => _media[id] = media;

    /// <summary>Keeps a file under a new MediaId.</summary>
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

    /// <summary>The upload with this key, begun now unless it was before.</summary>
    /// <param name="key">What tells it from others.</param>
    /// <param name="begin">Makes a new one.</param>
    /// <param name="isEnd">Whether what came is the end of one that is whole already: its reply may have been lost. Anything else begins a new one.</param>
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

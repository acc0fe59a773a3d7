using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator.State;

/// <summary>A file that was uploaded, or that came with a message.</summary>
internal sealed record StoredMedia(string FileName, ReadOnlyMemory<byte> Data);

/// <summary>The server's files, by MediaId and by MsgId. The world's gate guards it.</summary>
internal sealed class MediaStore
{
    private readonly Dictionary<string, StoredMedia> _media = new(StringComparer.Ordinal);

    public StoredMedia? Find(string? id) => id is null ? null : _media.GetValueOrDefault(id);

    public void Keep(string id, StoredMedia media) => _media[id] = media;

    /// <summary>Keeps a file under a new MediaId.</summary>
    public string Keep(StoredMedia media)
    {
        string id = $"@crypt_{Ids.Hex(8)}_{Ids.Hex(256)}";
        _media[id] = media;
        return id;
    }
}

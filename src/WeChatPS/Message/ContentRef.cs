using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>What <c>-Content</c> takes: bytes, or a stream to read them from.</summary>
public sealed class ContentRef
{
    /// <summary>Bytes, which stay as they are until they are sent.</summary>
    public ContentRef(byte[] bytes) => Stream = new MemoryStream(bytes, writable: false);

    /// <summary>A stream, which stays open.</summary>
    public ContentRef(Stream stream) => Stream = stream;

    internal Stream Stream { get; }
}

/// <summary>Makes a <see cref="ContentRef"/> of bytes, however PowerShell has them, and of nothing else.</summary>
internal sealed class ContentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input switch
        {
            ContentRef or null => inputData,
            byte[] bytes => new ContentRef(bytes),
            Stream stream => new ContentRef(stream),
            IEnumerable items and not string when Bytes(items) is { } bytes => new ContentRef(bytes),
            _ => throw new ArgumentTransformationMetadataException(
                "Bytes or a stream are expected. -Path sends a file; [Text.Encoding]::UTF8.GetBytes($text) makes bytes of a text."),
        };
    }

    private static byte[]? Bytes(IEnumerable items)
    {
        object[] all = [.. items.Cast<object>().Select(item => item is PSObject one ? one.BaseObject : item)];
        return all.All(item => item is byte or int and >= byte.MinValue and <= byte.MaxValue)
            ? [.. all.Select(item => Convert.ToByte(item, null))]
            : null;
    }
}

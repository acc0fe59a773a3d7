using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace WeChatPS;

/// <summary>A value for <c>-Content</c>: bytes, or a stream.</summary>
public sealed class ContentRef
{
    /// <summary>Refers to bytes. They must not change before they are sent.</summary>
    public ContentRef(byte[] bytes) => Stream = new MemoryStream(bytes, writable: false);

    /// <summary>Refers to a stream, which stays open.</summary>
    public ContentRef(Stream stream) => Stream = stream;

    internal Stream Stream { get; }
}

/// <summary>Converts bytes in any PowerShell form to a <see cref="ContentRef"/>, and rejects all other objects.</summary>
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
                "-Content requires bytes or a stream. To send a file, use -Path. To convert a text, use [Text.Encoding]::UTF8.GetBytes($text)."),
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

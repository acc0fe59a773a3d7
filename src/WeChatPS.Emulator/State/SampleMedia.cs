using System;

namespace WeChatPS.Emulator.State;

/// <summary>Small sample files for messages without data. Their first bytes are valid, so that clients recognize the format.</summary>
internal static class SampleMedia
{
    /// <summary>A grey JPEG of one pixel, also used as QR image and avatar.</summary>
    public static ReadOnlyMemory<byte> Jpeg { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////" +
        "wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=");

    private static readonly byte[] s_gif = Convert.FromBase64String("R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==");

    private static readonly byte[] s_mp3 = Frames([0xff, 0xfb, 0x90, 0x64], 417, 4);

    private static readonly byte[] s_mp4 =
    [
        0, 0, 0, 0x18, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'m', (byte)'p', (byte)'4', (byte)'2',
        0, 0, 0, 0, (byte)'m', (byte)'p', (byte)'4', (byte)'2', (byte)'i', (byte)'s', (byte)'o', (byte)'m', 0, 0, 0, 8,
        (byte)'m', (byte)'d', (byte)'a', (byte)'t',
    ];

    public static ReadOnlyMemory<byte> Of(MessageKind kind) => kind switch
    {
        MessageKind.Image => Jpeg,
        MessageKind.Voice => s_mp3,
        MessageKind.Video => s_mp4,
        MessageKind.Emoticon => s_gif,
        MessageKind.File => "A file of the emulator.\n"u8.ToArray(),
        _ => default,
    };

    private static byte[] Frames(byte[] head, int length, int count)
    {
        var bytes = new byte[length * count];
        for (int i = 0; i < count; i++)
        {
            head.CopyTo(bytes, i * length);
        }

        return bytes;
    }
}

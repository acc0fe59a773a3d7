using System;
using System.Linq;
using WeChatPS.Media;
using Xunit;

namespace WeChatPS.Core.Tests.Media;

public sealed class MediaFormatTests
{
    [Theory]
    [InlineData("FFD8FFE0", "Image", "jpg")]
    [InlineData("89504E470D0A1A0A", "Image", "png")]
    [InlineData("474946383961", "Image", "gif")]
    [InlineData("524946460000000057454250", "Image", "webp")]
    [InlineData("424D460000000000000036000000", "Image", "bmp")]
    [InlineData("FFFB9064", "Audio", "mp3")]
    [InlineData("494433030000", "Audio", "mp3")]
    [InlineData("2321414D520A", "Audio", "amr")]
    [InlineData("02232153494C4B5F5633", "Audio", "silk")]
    [InlineData("524946460000000057415645", "Audio", "wav")]
    [InlineData("00000018667479706D703432", "Video", "mp4")]
    public void The_first_bytes_tell_what_a_file_is(string hex, string kind, string extension)
    {
        MediaFormat format = Assert.NotNull(MediaFormat.Of(Convert.FromHexString(hex)));
        Assert.Equal((kind, extension), (format.Class.ToString(), format.Extension));
    }

    [Fact]
    public void Beginnings_and_other_things_are_nothing()
    {
        byte[] whole = Convert.FromHexString("524946460000000057454250");
        foreach (int length in Enumerable.Range(0, whole.Length))
            Assert.Null(MediaFormat.Of(whole.AsSpan(0, length)));
        Assert.Null(MediaFormat.Of("<html>"u8));
        Assert.Null(MediaFormat.Of("{\"BaseResponse\""u8));
    }

    [Theory]
    [InlineData("image/jpeg", "jpg")]
    [InlineData("IMAGE/PNG; x=y", "png")]
    [InlineData("audio/mp3", "mp3")]
    [InlineData("text/html", null)]
    [InlineData(null, null)]
    public void A_content_type_helps_where_the_bytes_do_not(string? type, string? extension) =>
        Assert.Equal(extension, MediaFormat.OfContentType(type)?.Extension);
}

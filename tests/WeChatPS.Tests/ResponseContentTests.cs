using System;
using System.Management.Automation;
using System.Text;

namespace WeChatPS.Tests;

/// <summary>What Invoke-WeChatRequest makes of a reply.</summary>
public sealed class ResponseContentTests
{
    [Fact]
    public void Names_that_PowerShell_cannot_have_are_renamed_and_those_that_differ_in_case_are_one()
    {
        var content = Assert.IsType<PSObject>(Read("""{"":1,"psobject":2,"PSTypeNames":3,"a":4,"A":5,"n":1.5,"big":123456789012345678901,"no":null}""").Content);

        Assert.Equal(1L, content.Properties["_"].Value);
        Assert.Equal(2L, content.Properties["_psobject"].Value);
        Assert.Equal(3L, content.Properties["_PSTypeNames"].Value);
        Assert.Equal(5L, content.Properties["a"].Value);
        Assert.Equal(1.5, content.Properties["n"].Value);
        Assert.IsType<double>(content.Properties["big"].Value);
        Assert.Null(content.Properties["no"].Value);
    }

    [Fact]
    public void Secrets_are_taken_out_and_the_code_is_found()
    {
        (object? content, int? ret) = Read("""{"BaseResponse":{"Ret":-14,"ErrMsg":""},"SKey":"@crypt_12345678_abc","Uin":12345,"Text":"skey=@crypt_1_2"}""");

        Assert.Equal(-14, ret);
        var read = Assert.IsType<PSObject>(content);
        Assert.Equal("***", read.Properties["SKey"].Value);
        Assert.Equal("***", read.Properties["Uin"].Value);
        Assert.Equal("skey=***", read.Properties["Text"].Value);
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("window.code=200;")]
    [InlineData("42")]
    [InlineData("{\"BaseResponse\":7}x")]
    public void What_is_no_JSON_object_stays_text(string text) => Assert.Equal(text, Read(text).Content);

    [Fact]
    public void Too_deep_a_nesting_stays_text()
    {
        string text = new string('[', 100_000) + new string(']', 100_000);

        Assert.Equal(text, Read(text).Content);
    }

    [Fact]
    public void Half_an_emoji_spoils_only_its_own_string()
    {
        var content = Assert.IsType<PSObject>(Read("""{"half":"\ud83d","whole":"\ud83d\ude00"}""").Content);

        Assert.Equal("😀", content.Properties["whole"].Value);
        Assert.NotNull(content.Properties["half"].Value);
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_bytes()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, 0x41];

        Assert.Equal(picture, ResponseContent.Read(picture).Content);
        Assert.Equal(new byte[] { 65, 0, 66 }, ResponseContent.Read(new byte[] { 65, 0, 66 }).Content);
        Assert.Null(ResponseContent.Read(Array.Empty<byte>()).Content);
    }

    private static (object? Content, int? Ret) Read(string text) => ResponseContent.Read(Encoding.UTF8.GetBytes(text));
}

using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class SkeysTests
{
    [Theory]
    [InlineData("/geticon?seq=1&username=@a&skey=@crypt_1a_2b", "/geticon?seq=1&username=@a&skey=")]
    [InlineData("/geticon?skey=@crypt_1a_2b&seq=1", "/geticon?skey=&seq=1")]
    [InlineData("?skey=%40crypt_1a_2b&amp;x=1", "?skey=&amp;x=1")]
    [InlineData("?SKEY=@crypt_1a_2b", "?SKEY=")]
    [InlineData("""{"SKey": "@crypt_1a_2b","x":1}""", """{"SKey": "","x":1}""")]
    [InlineData("""{"u":"{\"skey\":\"@crypt_1a_2b\"}"}""", """{"u":"{\"skey\":\"\"}"}""")]
    [InlineData("<skey>@crypt_1a_2b</skey>", "<skey></skey>")]
    [InlineData("&lt;skey&gt;@crypt_1a_2b&lt;/skey&gt;", "&lt;skey&gt;&lt;/skey&gt;")]
    [InlineData("?skey=@crypt_1a_2b?skey=@crypt_3c_4d", "?skey=?skey=")]
    [InlineData("whiskey, skeyboard", "whiskey, skeyboard")]
    [InlineData("ends in skey", "ends in skey")]
    [InlineData("ends in skey=", "ends in skey=")]
    [InlineData("nothing", "nothing")]
    public void The_value_goes_and_the_rest_stays(string text, string expected) => Assert.Equal(expected, Skeys.Strip(text));
}

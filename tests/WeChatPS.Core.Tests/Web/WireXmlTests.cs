using System.Linq;
using System.Text;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

public sealed class WireXmlTests
{
    [Fact]
    public void The_first_element_is_read_and_what_follows_does_not_matter()
    {
        var xml = WireXml.Parse("<?xml version=\"1.0\"?>\n<msg a=\"1\">\n<title> t </title><b><![CDATA[x<y]]></b></msg><br/>\n<more");
        Assert.Equal("1", xml.AttributeText("a"));
        Assert.Equal("t", xml.Text("title"));
        Assert.Equal("x<y", xml.Text("b"));
        Assert.Equal("", xml.Text("title", "none"));
        Assert.Equal("", xml.AttributeText("none"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<msg>")]
    [InlineData("<msg><a></msg>")]
    [InlineData("<msg a=1/>")]
    [InlineData("<!DOCTYPE msg [<!ENTITY a \"b\">]><msg>&a;</msg>")]
    [InlineData("<!DOCTYPE msg SYSTEM \"file:///etc/passwd\"><msg/>")]
    [InlineData("<msg>&undefined;</msg>")]
    public void What_is_no_XML_or_declares_a_DTD_is_nothing(string text) => Assert.Null(WireXml.Parse(text));

    [Theory]
    [InlineData(60, true)]
    [InlineData(100, false)]
    [InlineData(100_000, false)]
    public void Depth_is_limited(int depth, bool readable)
    {
        var xml = new StringBuilder();
        for (int level = 0; level < depth; level++)
            xml.Append("<a>");
        for (int level = 0; level < depth; level++)
            xml.Append("</a>");
        Assert.Equal(readable, WireXml.Parse(xml.ToString()) is not null);
    }

    [Fact]
    public void The_number_of_attributes_is_limited() => Assert.Null(
        WireXml.Parse("<a " + string.Join(" ", Enumerable.Range(0, 100_000).Select(number => $"a{number}=''")) + "/>"));

    [Fact]
    public void Size_is_limited() => Assert.Null(WireXml.Parse("<a>" + new string('x', 2_000_000) + "</a>"));
}

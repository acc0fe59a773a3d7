using WeChatPS.Sessions;
using Xunit;

namespace WeChatPS.Core.Tests.Messages;

public sealed class MessageKindTests
{
    [Theory]
    [InlineData(1, 0, 0, "Text")]
    [InlineData(1, 48, 0, "Location")]
    [InlineData(1, 0, 2001, "RedPacket")]
    [InlineData(3, 0, 0, "Image")]
    [InlineData(34, 0, 0, "Voice")]
    [InlineData(37, 0, 0, "FriendRequest")]
    [InlineData(42, 0, 0, "Card")]
    [InlineData(43, 0, 0, "Video")]
    [InlineData(44, 0, 0, "Video")]
    [InlineData(62, 0, 0, "Video")]
    [InlineData(47, 0, 0, "Emoticon")]
    [InlineData(48, 0, 0, "Location")]
    [InlineData(49, 0, 1, "App")]
    [InlineData(49, 0, 3, "Music")]
    [InlineData(49, 0, 5, "Link")]
    [InlineData(49, 0, 6, "File")]
    [InlineData(49, 0, 8, "Emoticon")]
    [InlineData(49, 0, 17, "LiveLocation")]
    [InlineData(49, 0, 19, "ChatHistory")]
    [InlineData(49, 0, 33, "MiniProgram")]
    [InlineData(49, 0, 36, "MiniProgram")]
    [InlineData(49, 0, 57, "Quote")]
    [InlineData(49, 0, 2000, "Transfer")]
    [InlineData(49, 0, 2001, "RedPacket")]
    [InlineData(49, 0, 12345, "App")]
    [InlineData(50, 0, 0, "Call")]
    [InlineData(52, 0, 0, "Call")]
    [InlineData(53, 0, 0, "Call")]
    [InlineData(51, 0, 0, "Status")]
    [InlineData(9999, 0, 0, "Status")]
    [InlineData(10000, 0, 0, "System")]
    [InlineData(10002, 0, 0, "System")]
    [InlineData(40, 0, 0, "FriendSuggestion")]
    [InlineData(4711, 0, 0, "Unknown")]
    public void Numbers_tell_the_kind(int type, int subType, int appType, string kind) =>
        Assert.Equal(kind, Kind(("MsgType", type), ("SubMsgType", subType), ("AppMsgType", appType)));

    [Theory]
    [InlineData("\"Alice\" 拍了拍 \"Bob\"", "Tickle")]
    [InlineData("\"Alice\" tickled you", "Tickle")]
    [InlineData("\"Alice\"邀请\"Bob\"加入了群聊", "GroupJoin")]
    [InlineData("\"Bob\"通过扫描\"Alice\"分享的二维码加入群聊", "GroupJoin")]
    [InlineData("\"Alice\"修改群名为“Team”", "GroupRename")]
    [InlineData("收到红包，请在手机上查看", "RedPacket")]
    [InlineData("发出红包，请在手机上查看", "RedPacket")]
    [InlineData("你将\"Bob\"移出了群聊", "GroupLeave")]
    [InlineData("你被\"Alice\"移出群聊", "GroupLeave")]
    [InlineData("\"Bob\"退出了群聊", "GroupLeave")]
    [InlineData("位置共享已经结束", "LiveLocation")]
    [InlineData("你已添加了Bob，现在可以开始聊天了。", "System")]
    [InlineData("你已添加了\"加入了群聊\"，现在可以开始聊天了。", "System")]
    [InlineData("\"Alice\"修改群名为“加入了群聊”", "GroupRename")]
    [InlineData("\"Alice\"修改群名为“拍了拍我”", "GroupRename")]
    [InlineData("\"Alice\"修改群名为“x”加入了群聊”", "GroupRename")]
    [InlineData("\"x\"修改群名为“y”加入了群聊", "GroupJoin")]
    [InlineData("\"拍了拍\"加入了群聊", "GroupJoin")]
    [InlineData("\"移出了群聊\"加入了群聊，群聊参与人还有：Bob", "GroupJoin")]
    [InlineData("你将\"加入了群聊\"移出了群聊", "GroupLeave")]
    [InlineData("\"退出了群聊\" 拍了拍我", "Tickle")]
    [InlineData("管理员\"Alice\"已将\"加入了群聊\"移出群聊", "GroupLeave")]
    public void Notices_are_told_apart_by_their_words(string content, string kind) =>
        Assert.Equal(kind, Kind(("MsgType", 10000), ("Content", content)));

    [Theory]
    [InlineData("&lt;sysmsg type=\"revokemsg\"&gt;&lt;revokemsg/&gt;&lt;/sysmsg&gt;", "Recall")]
    [InlineData("&lt;sysmsg type=\"pat\"&gt;&lt;pat/&gt;&lt;/sysmsg&gt;", "Tickle")]
    [InlineData("&lt;sysmsg type=&quot;pat&quot;&gt;&lt;pat/&gt;&lt;/sysmsg&gt;", "Tickle")]
    [InlineData("&lt;sysmsg type=\"other\"&gt;revokemsg&lt;/sysmsg&gt;", "System")]
    [InlineData("&lt;sysmsg type=\"other\"/&gt;", "System")]
    [InlineData("&lt;sysmsg type=\"x\"&gt;&lt;plain&gt;\"Bob\"退出了群聊&lt;/plain&gt;&lt;/sysmsg&gt;", "GroupLeave")]
    public void Commands_are_told_apart_by_their_type(string content, string kind) =>
        Assert.Equal(kind, Kind(("MsgType", 10002), ("Content", content)));

    [Fact]
    public void Words_of_a_notice_mean_nothing_in_a_text() => Assert.Equal("Text", Kind(("Content", "\"Alice\" 拍了拍 \"Bob\"")));

    [Fact]
    public void A_link_to_the_map_is_a_place() =>
        Assert.Equal("Location", Kind(("Url", "http://apis.map.qq.com/uri/v1/geocoder?coord=31.2,121.4")));

    [Theory]
    [InlineData("http://weixin.qq.com/cgi-bin/redirectforward?args=abc", "Location")]
    [InlineData("see http://weixin.qq.com/cgi-bin/redirectforward?args=abc", "Text")]
    [InlineData("http://weixin.qq.com/cgi-bin/redirectforward?args=abc here", "Text")]
    [InlineData("redirectforward?args=", "Text")]
    public void A_text_that_is_nothing_but_an_old_link_to_the_map_is_a_place(string content, string kind) =>
        Assert.Equal(kind, Kind(("Content", content)));

    [Fact]
    public void The_type_inside_the_XML_counts_when_there_is_no_other() => Assert.Equal(
        "Quote", Kind(("MsgType", 49), ("Content", "&lt;msg&gt;&lt;appmsg&gt;&lt;type&gt;57&lt;/type&gt;&lt;/appmsg&gt;&lt;/msg&gt;")));

    private static string Kind(params (string Name, object? Value)[] fields) =>
        new MessageReader(new ContactBook(), new Origin("test", 1)).Read(Sample.MessageBytes(fields), 0, 1).Kind.ToString();
}

using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;
using Xunit;
using static WeChatPS.Core.Tests.Web.SampleRequests;

namespace WeChatPS.Core.Tests.Web;

public sealed class WebContactsTests
{
    [Fact]
    public async Task A_bundle_is_read_by_name_whatever_its_order_and_whoever_is_missing_or_came_unasked()
    {
        var book = new ContactBook();
        await LoadAsync(
            book,
            """{"UserName":"@@c","NickName":"C","MemberList":[{"UserName":"@3","NickName":"third"}]},"""
            + """{"UserName":"@@x","NickName":"X"},{"UserName":"@@a","NickName":"A","MemberList":[{"UserName":"@1","NickName":"first"}]}""",
            "@@a", "@@b", "@@c");

        Assert.Equal(("A", "C", "X"), (book.Find("@@a")!.Name, book.Find("@@c")!.Name, book.Find("@@x")!.Name));
        Assert.Equal(["first"], book.Members("@@a")!.Select(member => member.Name));
        Assert.Equal(["third"], book.Members("@@c")!.Select(member => member.Name));
        Assert.Null(book.Find("@@b"));
    }

    [Fact]
    public async Task An_item_that_is_none_does_not_spoil_the_others()
    {
        var book = new ContactBook();
        await LoadAsync(book, """{"UserName":17},"text",null,{},{"UserName":"@@a","NickName":"A"}""", "@@b", "@@a");

        Assert.Equal("A", book.Find("@@a")!.Name);
    }

    /// <summary>Asks a server that has one answer.</summary>
    private static async Task LoadAsync(ContactBook book, string contacts, params string[] userNames)
    {
        var server = new Answering($$"""{"BaseResponse":{"Ret":0,"ErrMsg":""},"Count":9,"ContactList":[{{contacts}}]}""");
        var cookies = new CookieJar();
        using var http = new WeChatHttp(new HttpSettings { Handler = () => server }, cookies, TimeProvider.System);
        var connection = new WebConnection(http, cookies, Endpoints, Credentials, TimeProvider.System);
        await new WebContacts(connection, book, TimeProvider.System, () => 0, _ => { }).LoadDetailsAsync(userNames, default);
    }

    private sealed class Answering(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) });
    }
}

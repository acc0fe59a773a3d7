using System;
using System.Net.Http;
using System.Text;
using WeChatPS.Http;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Web;

/// <summary>A session that requests are composed for, and what they have to be, to the byte.</summary>
internal static class SampleRequests
{
    // ~(int)ms of this time is the example of the protocol's description
    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(1463755895123);

    public static WebEndpoints Endpoints { get; } = WebEndpoints.ForAuthority("wx2.qq.com");

    public static WebCredentials Credentials { get; } = new(2_500_000_000, "a+b/c=", "@crypt_1a_2b", "t%2Bk%3D", "e123456789012345");

    public static void AssertGet(string expected, WireRequest request)
    {
        Assert.Equal(expected, request.Uri.AbsoluteUri);
        Assert.Equal(HttpMethod.Get, request.Method);
        Assert.Null(request.Body);
    }

    public static void AssertPost(string expectedUri, string expectedBody, WireRequest request)
    {
        Assert.Equal(expectedUri, request.Uri.AbsoluteUri);
        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("application/json; charset=utf-8", request.ContentType);
        Assert.Equal(expectedBody, Encoding.UTF8.GetString(request.Body!));
    }

    /// <summary>A body: the BaseRequest, and what follows it.</summary>
    public static string Body(string rest) =>
        """{"BaseRequest":{"Uin":2500000000,"Sid":"a+b/c=","Skey":"@crypt_1a_2b","DeviceID":"e123456789012345"},""" + rest.Trim() + "}";
}

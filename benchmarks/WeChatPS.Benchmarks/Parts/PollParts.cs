using System;
using BenchmarkDotNet.Attributes;
using WeChatPS.Http;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS.Benchmarks;

/// <summary>What every poll costs besides the wire.</summary>
public class PollParts
{
    private static readonly Uri s_host = new("https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsync");
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddYears(55);
    private readonly SyncCursor _cursor = new("1_731502942|2_731503076|3_731503049|201_1700000000;1_731502942|2_731503076|3_731503049|1000_1700000000");
    private readonly WebCredentials _credentials = new(2_345_678_901, "sid", "@crypt_0_0", "ticket", "e123456789012345");

    private readonly byte[] _reply = "window.synccheck={retcode:\"0\",selector:\"2\"}"u8.ToArray();
    private readonly WebEndpoints _endpoints = WebEndpoints.ForAuthority("wx2.qq.com");
    private readonly CookieJar _jar = new();

    [GlobalSetup]
    public void Fill()
    {
        foreach (string name in (string[])["wxuin", "wxsid", "wxloadtime", "mm_lang", "webwx_data_ticket", "webwxuvid", "webwx_auth_ticket"])
            _jar.Apply(s_host, [$"{name}=0123456789abcdef; Domain=qq.com; Path=/; Expires=Fri, 01-Jan-2038 00:00:00 GMT; Secure"], s_now);
    }

    [Benchmark]
    public object SyncCheckReply() => Web.SyncCheckReply.Parse(_reply);

    [Benchmark]
    public string? CookieHeader() => _jar.HeaderFor(s_host, s_now);

    [Benchmark]
    public string SyncKey() => WebCursor.TryRead(_cursor, out WebCursor cursor) ? cursor.Poll.ToQuery() : "";

    [Benchmark]
    public object PollRequest() => WebCursor.TryRead(_cursor, out WebCursor cursor)
        ? SyncRequests.Poll(_endpoints, _credentials, cursor, s_now)
        : "";
}

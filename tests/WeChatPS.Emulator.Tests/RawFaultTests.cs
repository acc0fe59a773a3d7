using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

/// <summary>Responses byte for byte.</summary>
public sealed class RawFaultTests : IAsyncLifetime
{
    private const string Login = "GET /jslogin HTTP/1.1\r\nHost: x\r\n\r\n";
    private readonly WeChatEmulator _emulator = Emulators.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task The_bytes_come_as_they_are_and_then_the_connection_closes()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", RawReply.Of("HTTP/9.9 nonsense\nX")) with { Count = 1 });
        using RawConnection raw = await AskAsync();

        Assert.Equal("HTTP/9.9 nonsense\nX", await raw.ReadToEndAsync());
        using RawConnection next = await AskAsync();
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await next.ReadUntilAsync("uuid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_a_reset()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", RawReply.Of(ReadOnlyMemory<byte>.Empty, RawEnd.Reset)));
        using RawConnection raw = await AskAsync();

        Assert.True(await raw.IsResetAsync());
    }

    [Fact]
    public async Task It_stays_open_and_deaf()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", RawReply.Of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", RawEnd.Open)) with { Count = 1 });
        using RawConnection raw = await AskAsync();
        await raw.ReadUntilAsync("abc");

        await raw.WriteAsync(Login);
        Task<string> more = raw.ReadUntilAsync("HTTP");
        await Task.Delay(200);

        Assert.False(more.IsCompleted);
        Assert.Single(_emulator.Requests.Get());
    }

    [Fact]
    public async Task It_serves_the_next_request_of_the_same_connection()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", RawReply.Of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", RawEnd.KeepAlive)) with { Count = 1 });
        using RawConnection raw = await AskAsync();
        await raw.ReadUntilAsync("abc");

        await raw.WriteAsync(Login);

        Assert.Contains("uuid", await raw.ReadUntilAsync("uuid"), StringComparison.Ordinal);
        Assert.Single(_emulator.Requests.Get().Select(request => request.Connection).Distinct());
    }

    [Fact]
    public async Task Pieces_come_at_their_own_pace()
    {
        RawPiece[] pieces = [new("a"u8.ToArray()), new("b"u8.ToArray(), TimeSpan.FromMilliseconds(250))];
        _emulator.Faults.Add(Fault.Raw("jslogin", new RawReply(pieces)));
        using RawConnection raw = await AskAsync();
        Assert.Equal("a", await raw.ReadUntilAsync("a"));
        long started = Stopwatch.GetTimestamp();

        Assert.Equal("b", await raw.ReadToEndAsync());

        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task An_endless_reply_ends_with_the_client()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", new RawReply(Endless())));
        RawConnection raw = await AskAsync();
        await raw.ReadUntilAsync("0\r\n1\r\n");
        raw.Dispose();

        await Emulators.UntilAsync(() => _ended, "the pieces end");
    }

    [Fact]
    public async Task A_function_alters_the_normal_reply()
    {
        _emulator.Faults.Add(Fault.Raw("synccheck", async exchange =>
        {
            NormalReply normal = await exchange.NormalAsync();
            normal.Text = normal.Text.Replace("selector:\"2\"", "selector:\"777\"", StringComparison.Ordinal);
            return normal.With("Set-Cookie", "odd=" + exchange.Request.Query.Length).ToRaw();
        }));
        using WebClient client = await WebClient.LogInAsync(_emulator);
        _emulator.Deliver("张三", "x");

        Assert.Equal("window.synccheck={retcode:\"0\",selector:\"777\"}", await client.PollAsync());
    }

    [Fact]
    public async Task A_function_that_does_not_ask_leaves_the_request_undone()
    {
        using WebClient client = await WebClient.LogInAsync(_emulator);
        _emulator.Faults.Add(Fault.Raw("webwxsendmsg", RawReply.Of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", RawEnd.KeepAlive)) with { Count = 1 });

        await client.SendTextAsync("filehelper", "x");

        Assert.Empty(_emulator.Sent);
    }

    [Fact]
    public async Task A_function_that_fails_says_so()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", _ => throw new InvalidOperationException("my mistake")));
        using RawConnection raw = await AskAsync();

        Assert.StartsWith("HTTP/1.1 500 ", await raw.ReadUntilAsync("my mistake"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_TLS_the_same_bytes_come()
    {
        _emulator.Faults.Add(Fault.Raw("jslogin", RawReply.Of("HTTP/9.9 nonsense\nX")));
        using var socket = new TcpClient("127.0.0.1", _emulator.Endpoint.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, certificate, _, _) => certificate?.GetCertHashString() == _emulator.Certificate.Thumbprint);
        await tls.AuthenticateAsClientAsync("wx2.qq.com");
        await tls.WriteAsync(Encoding.ASCII.GetBytes(Login));
        using var reader = new StreamReader(tls);

        Assert.Equal("HTTP/9.9 nonsense\nX", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task The_control_takes_pieces_pauses_and_the_end()
    {
        string body = $$$"""
            {"endpoint":"jslogin","kind":"raw","count":1,"raw":{"end":"reset","pieces":[
            {"dataBase64":"{{{Convert.ToBase64String("HTTP/1.1 2"u8)}}}"},{"dataBase64":"/w==","pauseMs":5}]}}
            """;
        using var http = new HttpClient();
        using HttpResponseMessage added = await http.PostAsync(new Uri(_emulator.Endpoint, "emulator/fault"), new StringContent(body));
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        using RawConnection raw = await AskAsync();

        Assert.True(await raw.IsResetAsync());
        Assert.Equal(FaultKind.Raw, Assert.Single(_emulator.Requests.Get("jslogin")).Fault);
    }

    [Fact]
    public void Raw_needs_a_reply_and_no_other_kind_takes_one()
    {
        Assert.Throws<EmulatorException>(() => _emulator.Faults.Add("jslogin", FaultKind.Raw));
        Assert.Throws<EmulatorException>(() => _emulator.Faults.Add(Fault.Raw("jslogin", RawReply.Of("x")) with { Kind = FaultKind.Reset }));
    }

    private volatile bool _ended;

    private IEnumerable<RawPiece> Endless()
    {
        try
        {
            for (int n = 0; ; n++)
            {
                yield return new RawPiece(Encoding.ASCII.GetBytes($"{n}\r\n"), TimeSpan.FromMilliseconds(1));
            }
        }
        finally
        {
            _ended = true;
        }
    }

    private async Task<RawConnection> AskAsync()
    {
        RawConnection raw = await RawConnection.OpenAsync(_emulator);
        await raw.WriteAsync(Login);
        return raw;
    }
}

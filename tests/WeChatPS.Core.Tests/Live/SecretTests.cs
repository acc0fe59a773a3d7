using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using System.Web;
using WeChatPS.Emulator;
using WeChatPS.Sessions;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Live;

/// <summary>Everything that a session says, after a run with every kind of request, searched for what the emulator knows to be secret.</summary>
public sealed class SecretTests
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 16 };

    [Fact]
    public async Task No_secret_appears_in_anything_that_a_session_says()
    {
        await using LiveServer server = LiveServer.Start();
        string log = Path.Combine(server.Store, "wire.jsonl");
        ConnectOptions options = server.Options with { LogPath = log, LogBody = true };
        var said = new Said();

        // a login by code, messages, sends, a rotated key, an outage, nonsense, the end, a push login, a refusal
        WeChatSession session = await server.ConnectAsync(options);
        said.Add(session);
        using IDisposable trace = session.TraceRequests();
        server.Emulator.RotateSKey();
        server.Emulator.RotateDataTicket();
        server.Emulator.Deliver("张三", "你好");
        server.Emulator.Deliver(new IncomingMessage { Kind = WeChatPS.Emulator.MessageKind.Image, From = "李四" });
        server.Emulator.Deliver(new IncomingMessage { Kind = WeChatPS.Emulator.MessageKind.FriendRequest, From = "新朋友", Text = "加我" });
        using (MessageStream stream = session.OpenStream(new StreamOptions()))
        {
            for (int i = 0; i < 4; i++) said.Add(await stream.TakeAsync());
        }

        WeChatContact friend = await session.ResolveAsync("张三", default), group = await session.ResolveAsync("运维群", default);
        said.Add(await session.SendAsync(friend, MessageBody.Text("hi"), new SendOptions(), default));
        said.Add(await session.GetMembersAsync(group, refresh: true, default));
        said.Add(await session.GetContactsAsync(refresh: true, default));
        said.Add(session);
        said.Add(session.TakeNotices(withTrace: true));
        foreach (FaultKind kind in new[] { FaultKind.Html, FaultKind.Truncate, FaultKind.Status, FaultKind.Redirect, FaultKind.Ret })
        {
            server.Emulator.Faults.Add("webwxgetcontact", kind, count: 1);
            server.Emulator.Faults.Add("webwxsendmsg", kind, count: 1);
            server.Emulator.Faults.Add("webwxsync", kind, count: 1);
            server.Emulator.Deliver("张三", "noise");
            said.Add(await FailureAsync(session.GetContactsAsync(refresh: true, default)));
            said.Add(await FailureAsync(session.SendAsync(friend, MessageBody.Text("hi"), new SendOptions { NoRetry = true }, default)));
            using MessageStream stream = session.OpenStream(new StreamOptions { NoWait = true });
            said.Add(await FailureAsync(stream.TakeAllAsync()));
            said.Add(session.TakeNotices(withTrace: true));
        }

        server.Emulator.Kick();
        said.Add(await FailureAsync(session.WaitSyncAsync(null, default)));
        said.Add(session);
        session = await server.ConnectAsync(options);
        await session.DisconnectAsync(logout: true, default);
        server.Emulator.Faults.Add("webwxnewloginpage", FaultKind.Refused1203, count: 1);
        said.Add(await server.RefusedAsync(options));
        said.Add(session);
        said.Add(new SessionStore(server.Store).List());

        string[] secrets = [.. Secrets(server.Emulator)];
        Assert.True(secrets.Length > 20, $"only {secrets.Length} secrets were collected");
        string text = said.Text, wire = File.ReadAllText(log);
        Assert.Contains("webwxsync", wire);
        Assert.Contains("> GET", text);
        foreach (string secret in secrets)
        {
            Assert.False(wire.Contains(secret, StringComparison.Ordinal), $"{secret} is in the log: {Around(wire, secret)}");
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} was said: {Around(text, secret)}");
        }
    }

    private static async Task<Exception> FailureAsync(Task task) => await Assert.ThrowsAsync<WeChatException>(() => task);

    private static string Around(string text, string secret)
    {
        int at = text.IndexOf(secret, StringComparison.Ordinal);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + secret.Length + 50)];
    }

    /// <summary>What went over the wire and must not be seen elsewhere, as it stood there and decoded.</summary>
    private static IEnumerable<string> Secrets(WeChatEmulator emulator)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (WebSession session in emulator.Sessions) values.UnionWith([session.SKey, session.Sid]);
        values.Add(emulator.Self.Uin.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (LoggedRequest request in emulator.Requests.Get())
        {
            foreach (string name in new[] { "skey", "sid", "uin", "pass_ticket", "deviceid", "uuid", "ticket" })
                values.Add(HttpUtility.ParseQueryString(request.Query)[name] ?? "");
            foreach (string cookie in (request.Header("Cookie") ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries))
            {
                if (!cookie.StartsWith("mm_lang=", StringComparison.Ordinal) && !cookie.StartsWith("wxpluginkey=", StringComparison.Ordinal)
                    && !cookie.StartsWith("wxloadtime=", StringComparison.Ordinal))
                {
                    values.Add(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                }
            }
        }

        values.Remove("");
        return values.Concat(values.Select(Uri.EscapeDataString)).Concat(values.Select(WebUtility.UrlDecode)).Distinct()!;
    }

    /// <summary>Objects as people and scripts see them: by ToString, as JSON, exceptions with all that is inside them.</summary>
    private sealed class Said
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();

        public void Add<T>(IEnumerable<T> all)
        {
            foreach (T one in all) Add(one!);
        }

        public void Add(object one)
        {
            _text.AppendLine(one.ToString());
            switch (one)
            {
                case Exception e:
                    _text.AppendLine(JsonSerializer.Serialize(e.Data, s_json)).AppendLine((e as WeChatException)?.Subject?.ToString());
                    break;
                case SessionNotice notice:
                    _text.AppendLine(notice.Text);
                    break;
                default:
                    foreach (PropertyInfo property in one.GetType().GetProperties())
                        _text.Append(property.Name).Append(": ").AppendLine(JsonSerializer.Serialize(property.GetValue(one), s_json));
                    break;
            }
        }
    }
}

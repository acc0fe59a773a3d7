using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using WeChatPS.Core.Tests.Sessions;
using WeChatPS.Core.Tests.Sync;
using WeChatPS.Sessions;
using WeChatPS.Sync;
using WeChatPS.Web;
using Xunit;

namespace WeChatPS.Core.Tests.Compatibility;

/// <summary>Each file that version 0.1 wrote is read as it was meant.</summary>
public sealed class SessionOf01Tests
{
    private const string EarlierLogin = "4196a12f0dc5182f";
    private const string LastLogin = "1450d1c9dd18ae6b";
    private const ulong DeadLetter = 4000000001838472633;

    private static readonly Uri s_endpoint = new("http://127.0.0.1:24680/");

    [Fact]
    public void The_saved_session_is_read_with_all_that_resumes_it()
    {
        using var copy = new SessionOf01();

        SavedSession saved = copy.Load();

        Assert.Equal((SessionOf01.Name, s_endpoint, WeChatLoginMode.Web, "我"), (saved.Name, saved.Endpoint, saved.Mode, saved.SelfNickName));
        Assert.Equal((SessionOf01.Saved, "@35da80fd690ed69c12197b41f1448b8a"), (saved.Saved, saved.SelfUserName));
        Assert.Equal((null, null), (saved.ThrottledUntil, saved.SendsPausedUntil));
        Assert.Equal(
            new WebCredentials(
                2595325539, "KWhUfdp+Mn29/Ciq", "@crypt_5f733c70_5d66255e91f5942cb216a9ecbbb4e02f",
                "0IRcK7xkNV%2BFpThhGPclYwrnHiS%2FKRzdsSB40%3D", "e397536991842814"),
            saved.Credentials);
        Assert.Equal(
            ["mm_lang", "webwx_auth_ticket", "webwx_data_ticket", "webwxuvid", "wxloadtime", "wxpluginkey", "wxsid", "wxuin"],
            saved.Cookies.Select(cookie => cookie.Name).Order(StringComparer.Ordinal));
        Assert.All(saved.Cookies, cookie => Assert.Equal(("127.0.0.1", true, "/"), (cookie.Domain, cookie.HostOnly, cookie.Path)));
        Assert.All(saved.Cookies, cookie => Assert.False(cookie.IsExpired(SessionOf01.Saved.AddHours(11))));
        Assert.All(saved.Cookies, cookie => Assert.True(cookie.IsExpired(new DateTimeOffset(2038, 1, 2, 0, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public void The_saved_session_is_listed()
    {
        using var copy = new SessionOf01();

        SavedSessionInfo info = Assert.Single(new SessionStore(copy.Store).List());

        Assert.Equal((SessionOf01.Name, "我", "127.0.0.1:24680", null), (info.Name, info.User, info.Endpoint, info.Problem));
        Assert.Equal(SessionOf01.Saved, info.Saved);
    }

    [Fact]
    public void All_503_messages_wait_in_order_with_their_deliveries_and_logins()
    {
        using var copy = new SessionOf01();
        using Inbox inbox = copy.OpenInbox(out string? damaged);

        Assert.Null(damaged);
        Assert.Equal(503, inbox.Pending);
        List<InboxEntry> entries = [.. inbox.Given()];

        // This delivery counts too.
        Assert.Equal([4, 3, 3, .. Enumerable.Repeat(1, 500)], entries.Select(entry => entry.DeliveryCount));
        Assert.Equal(
            [.. Enumerable.Repeat(EarlierLogin, 3), .. Enumerable.Repeat(LastLogin, 500)],
            entries.Select(entry => LoginNames.Digest(entry.Login)));
        List<ulong> ids = [.. entries.Select(MessageId)];
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(503, ids.Distinct().Count());
        Assert.Equal((4000000001839472636UL, 4000000002344474151UL), (ids[0], ids[^1]));
    }

    [Fact]
    public void What_was_acknowledged_stays_so_and_the_rest_keeps_its_count()
    {
        using var copy = new SessionOf01();
        using (Inbox inbox = copy.OpenInbox(out _))
        {
            foreach (InboxEntry entry in inbox.Given().Take(100)) Assert.True(inbox.HandedOver(entry.Sequence));
        }

        using Inbox again = copy.OpenInbox(out string? damaged);

        Assert.Null(damaged);
        Assert.Equal(403, again.Pending);
        Assert.Equal(98, Number(again.Given().First()));
    }

    [Fact]
    public void A_message_that_0_1_had_fetched_is_not_taken_in_twice()
    {
        using var copy = new SessionOf01();
        using Inbox inbox = copy.OpenInbox(out _);
        ulong[] known = [DeadLetter, .. inbox.Given().Select(MessageId)];

        Assert.Equal(0, inbox.Append(Fetched.Batch("1_1", known)).Added);
        Assert.Equal(1, inbox.Append(Fetched.Batch("1_2", [.. known, 1])).Added);
    }

    [Fact]
    public void The_place_in_the_servers_history_is_the_last_logins()
    {
        using var copy = new SessionOf01();
        using Inbox inbox = copy.OpenInbox(out _);

        Assert.True(WebCursor.TryRead(inbox.CursorOf(Convert.ToUInt64(LastLogin, 16)), out WebCursor cursor));
        Assert.NotNull(cursor.Check);
        Assert.True(inbox.CursorOf(Convert.ToUInt64(EarlierLogin, 16)).IsEmpty);
        Assert.Equal([LastLogin, EarlierLogin], inbox.WaitingLogins.Select(LoginNames.Digest).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_dead_letter_is_kept_and_the_next_one_follows_it()
    {
        using var copy = new SessionOf01();
        using (Inbox inbox = copy.OpenInbox(out _))
        {
            for (int deliveries = 3; deliveries <= Inbox.MaxDeliveries; deliveries++)
            {
                inbox.Rewind();
                Assert.True(inbox.TryTake(out _));
            }
        }

        JsonElement[] letters = [.. File.ReadLines(copy.DeadLetters).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

        Assert.Equal(2, letters.Length);
        Assert.Equal($"{DeadLetter}", letters[0].GetProperty("MsgId").GetString());
        Assert.StartsWith("没有人能处理", letters[0].GetProperty("Content").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("旧登录：在吗？", letters[1].GetProperty("Content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_identities_say_who_was_meant_in_both_logins()
    {
        using var copy = new SessionOf01();

        StoredIdentities stored = IdentityFile.Read(copy.Identities)!;

        Assert.Equal(LastLogin, stored.Login);
        Assert.Equal(
            ["1834472621@chatroom", "1835472624@chatroom", "filehelper", "gh_2dd92bafd8c5"],
            stored.People.Select(one => one.Id).Where(id => !id.StartsWith("wxid_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(9, stored.People.Count(one => one.Id.StartsWith("wxid_", StringComparison.Ordinal)));
        Assert.Equal([LastLogin, EarlierLogin], stored.Logins!.Select(login => login.Login));
        LoginNames last = stored.Logins![0], earlier = stored.Logins[1];
        Assert.Equal("wxid_d869b387835b6a", last.Ids["@6d30a926b432307dbc55b2ff76863084130da645ad22a2c66f94222d4a56926d"]);
        Assert.Equal("fp_11121c60e9672fd2", last.Ids["@@4c1e580c7598701a606268a322efec8396d7db8c02e74736c0f611e760ed43cb"]);
        Assert.Contains("wxid_d869b387835b6a", earlier.Ids.Values);
        Assert.Contains("fp_b3ef29b07cc34fea", earlier.Ids.Values);
        Assert.Equal("@5d9d05c624c9ab10742b89cbad4b6b69", earlier.Self);
        Assert.Contains("赵六", earlier.Members!.Values);
        Assert.False(last.IsPartial || earlier.IsPartial);
    }

    [Fact]
    public void The_export_is_the_saved_session_and_its_place_in_the_history()
    {
        using var copy = new SessionOf01();
        using Inbox inbox = copy.OpenInbox(out _);
        SavedSession saved = copy.Load();

        SavedSession exported = SavedSession.FromSecureString(SessionOf01.Export);

        Samples.AssertSame(saved, exported with { Cursor = null });
        Assert.Equal(inbox.Cursor.Value, exported.Cursor);
    }

    private static ulong MessageId(InboxEntry entry) =>
        ulong.Parse(JsonSerializer.Deserialize<JsonElement>(entry.Raw.Span).GetProperty("MsgId").GetString()!, CultureInfo.InvariantCulture);

    // The first of the 500 has the number 1.
    private static int Number(InboxEntry entry)
    {
        string content = JsonSerializer.Deserialize<JsonElement>(entry.Raw.Span).GetProperty("Content").GetString()!;
        return int.Parse(content.Split(' ').First(part => part.All(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }
}

using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Live;

namespace WeChatPS.Tests;

/// <summary>
/// What becomes of messages when replies are lost or the server asks for less traffic: through the cmdlets, on a clock that the tests move.
/// </summary>
public sealed class SendTroubleTests : IAsyncLifetime, IDisposable
{
    private readonly HostedEngine _engine = HostedEngine.WithModule();
    private readonly string _folder = Directory.CreateTempSubdirectory("wechatps-trouble-").FullName;
    private readonly DrivenTime _time = new();
    private readonly HttpClient _http = new();
    private WeChatSession _session = null!;

    public async Task InitializeAsync()
    {
        _http.BaseAddress = _engine.Run("Start-WeChatEmulator -HoldSec 20").AssertNoErrors().Single<WeChatEmulatorStatus>().Endpoint;
        _session = await ConnectAsync(WeChatLoginMethod.Qr);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _session.Dispose();
        _engine.Run("param($e) Stop-WeChatEmulator -Endpoint $e", _http.BaseAddress);
        _engine.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Send-WeChatMessage 王五 once", "webwxsendmsg")]
    [InlineData("Send-WeChatFile 王五 -LiteralPath $file", "webwxsendappmsg")]
    public async Task A_message_whose_reply_is_lost_is_asked_for_once_more_and_arrives_once(string script, string endpoint)
    {
        AddFault(endpoint, "LostReply", 1);

        WeChatReceipt receipt = (await RunAsync(script)).AssertNoErrors().Single<WeChatReceipt>();

        JsonElement sent = Assert.Single(await SentAsync());
        Assert.Equal((2, 1), (receipt.Attempts, sent.GetProperty("droppedCopies").GetInt32()));
        Assert.Equal(receipt.ClientMsgId, sent.GetProperty("clientMsgId").GetString());
        Assert.Equal(receipt.MessageId, sent.GetProperty("msgId").GetString());
        AssertAsked(endpoint, 2, receipt.ClientMsgId);
    }

    [Theory]
    [InlineData("Send-WeChatMessage 王五 once", "webwxsendmsg")]
    [InlineData("Send-WeChatFile 王五 -LiteralPath $file", "webwxsendappmsg")]
    public async Task A_message_whose_replies_are_all_lost_is_neither_called_sent_nor_sent_twice(string script, string endpoint)
    {
        AddFault(endpoint, "LostReply", 3);

        ScriptRun run = await RunAsync(script);

        Assert.Equal(["WeChat.SendOutcomeUnknown"], run.ErrorIds);
        Assert.Empty(run.Output);
        string id = Assert.IsType<string>(run.Errors[0].TargetObject);
        JsonElement sent = Assert.Single(await SentAsync());
        Assert.Equal((id, 2), (sent.GetProperty("clientMsgId").GetString(), sent.GetProperty("droppedCopies").GetInt32()));
        AssertAsked(endpoint, 3, id);
    }

    [Fact]
    public async Task While_the_server_wants_less_traffic_messages_wait_and_then_go_out_in_order_each_once()
    {
        AddFault("webwxsendmsg", "Ret", 1, 1205);
        DateTimeOffset started = _time.GetUtcNow();

        ScriptRun run = (await RunAsync("1..5 | Send-WeChatMessage -To 王五, 李四")).AssertNoErrors();

        Assert.All(run.Output, one => Assert.Equal(1, ((WeChatReceipt)one.BaseObject).Attempts));
        string[] expected = [.. Enumerable.Range(1, 5).SelectMany(n => new[] { $"王五 {n}", $"李四 {n}" })];
        Assert.Equal(expected, (await SentAsync()).Select(one => $"{one.GetProperty("to")} {one.GetProperty("text")}"));
        AssertAsked("webwxsendmsg", 11, "");
        Assert.True(_time.GetUtcNow() - started >= TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task The_pause_outlives_the_session_and_what_may_not_wait_so_long_is_not_sent()
    {
        AddFault("webwxsendmsg", "Ret", 1, 1205);
        Assert.Equal(["WeChat.Throttled"], RunAtOnce("Send-WeChatMessage 王五 no -TimeoutSec 10").ErrorIds);
        DateTimeOffset refused = _time.GetUtcNow();
        _session.Dispose();
        _session = await ConnectAsync(WeChatLoginMethod.Resume);

        Assert.Equal(["WeChat.Throttled"], RunAtOnce("Send-WeChatMessage 李四 no -TimeoutSec 10").ErrorIds);
        AssertAsked("webwxsendmsg", 1, "");
        (await RunAsync("Send-WeChatMessage 王五 later")).AssertNoErrors();

        Assert.Equal("later", Assert.Single(await SentAsync()).GetProperty("text").GetString());
        Assert.True(_time.GetUtcNow() - refused >= TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task Five_go_out_at_once_to_whomever_and_then_one_in_an_interval()
    {
        _session.Dispose();
        _session = await ConnectAsync(WeChatLoginMethod.Resume, TimeSpan.FromSeconds(10));
        DateTimeOffset started = _time.GetUtcNow();

        (await RunAsync("1..4 | Send-WeChatMessage -To 王五, 李四")).AssertNoErrors();

        string[] expected = [.. Enumerable.Range(1, 4).SelectMany(n => new[] { $"王五 {n}", $"李四 {n}" })];
        Assert.Equal(expected, (await SentAsync()).Select(one => $"{one.GetProperty("to")} {one.GetProperty("text")}"));
        Assert.True(_time.GetUtcNow() - started >= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("Send-WeChatMessage 王五 no")]
    [InlineData("Send-WeChatFile 王五 -LiteralPath $file")]
    public async Task Where_nobody_listens_a_send_says_so_before_it_waits_and_ends_in_one_error_with_host_and_port(string script)
    {
        _engine.Run("param($e) Stop-WeChatEmulator -Endpoint $e", _http.BaseAddress).AssertNoErrors();
        using PowerShell shell = Shell(script);
        Task<ScriptRun> run = Task.Run(() => HostedEngine.Run(shell));

        // the clock stands still until then
        await Eventually.UntilAsync(() => shell.Streams.Progress.Count > 0, "it says so");
        Assert.Contains("王五: retrying in", shell.Streams.Progress[0].StatusDescription, StringComparison.Ordinal);
        ScriptRun ended = await _time.DriveAsync(run);

        string error = Assert.Single(ended.Errors).ToString();
        Assert.Equal(["WeChat.Unreachable"], ended.ErrorIds);
        Assert.Contains($"127.0.0.1:{_http.BaseAddress!.Port} cannot be reached", error, StringComparison.Ordinal);
        Assert.Contains("王五: retrying in", Assert.Single(ended.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public async Task A_lost_piece_of_a_file_is_worth_a_warning_when_the_wait_is_noticeable(int lost, int warnings)
    {
        AddFault("webwxuploadmedia", "Reset", lost);

        ScriptRun run = await RunAsync("Send-WeChatFile 王五 -LiteralPath $file");

        run.AssertNoErrors();
        Assert.Equal(warnings, run.Warnings.Length);
    }

    [Fact]
    public async Task An_error_page_is_named_by_its_status()
    {
        AddFault("webwxsendmsg", "Status", 1);

        ScriptRun run = await RunAsync("Send-WeChatMessage 王五 no -NoRetry");

        Assert.Equal(["WeChat.SendOutcomeUnknown"], run.ErrorIds);
        Assert.Contains("HTTP status 503", Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_that_gets_no_response_shows_whom_it_waits_for()
    {
        AddFault("webwxsendmsg", "Hang", 1);
        using PowerShell shell = Shell("Send-WeChatMessage 王五 no");
        Task<ScriptRun> run = Task.Run(() => HostedEngine.Run(shell));

        await Eventually.UntilAsync(() => shell.Streams.Progress.Count > 0, "it shows that it waits");
        Assert.Contains($"127.0.0.1:{_http.BaseAddress!.Port}", shell.Streams.Progress[0].StatusDescription, StringComparison.Ordinal);
        shell.Stop();
        await run;
    }

    [Fact]
    public async Task Get_WeChatSession_shows_a_pause_of_the_sends_and_what_waits()
    {
        using HostedEngine other = HostedEngine.WithModule();
        const string look = "$s = Get-WeChatSession troubled; $s.State, $s.QueuedCount, $s.PendingCount, $s.DegradedReason";
        _engine.Run("param($e) Send-WeChatEmulatorMessage q -From 王五 -Endpoint $e", _http.BaseAddress).AssertNoErrors();
        _engine.Run("param($s) Receive-WeChatMessage -Session $s -NoAck -MaxCount 1", _session).AssertNoErrors();
        AddFault("webwxsendmsg", "Ret", 1, 1205);
        using PowerShell shell = Shell("1..3 | Send-WeChatMessage -To 王五");
        Task<ScriptRun> run = Task.Run(() => HostedEngine.Run(shell));
        await Eventually.UntilAsync(() => shell.Streams.Progress.Count > 0, "the first is paused");

        string[] seen = other.Run(look).AssertNoErrors().Texts;

        Assert.Equal(["Degraded", "1", "1"], seen.Take(3));
        Assert.Contains("1205", seen[3], StringComparison.Ordinal);
        DateTimeOffset next = Assert.NotNull(_session.NextTry);
        Assert.InRange(next - _time.GetUtcNow(), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        (await _time.DriveAsync(run)).AssertNoErrors();
        Assert.Equal((SessionState.Online, 0, null), (_session.State, _session.QueuedCount, _session.NextTry));
    }

    private Task<WeChatSession> ConnectAsync(WeChatLoginMethod login, TimeSpan sendInterval = default) => WeChatSession.ConnectAsync(
        new ConnectOptions
        {
            Name = "troubled", Endpoint = _http.BaseAddress, StorePath = _folder, Login = login, SendInterval = sendInterval, Time = _time, Http = _time.Http,
        },
        null,
        CancellationToken.None);

    /// <summary>Runs a script in the test's session, and lets time pass until it has ended.</summary>
    private async Task<ScriptRun> RunAsync(string script)
    {
        using PowerShell shell = Shell(script);
        return await _time.DriveAsync(Task.Run(() => HostedEngine.Run(shell)));
    }

    /// <summary>Runs a script in the test's session while the clock stands still: a slow machine must not let a pause pass.</summary>
    private ScriptRun RunAtOnce(string script)
    {
        using PowerShell shell = Shell(script);
        return HostedEngine.Run(shell);
    }

    /// <summary>A script in the test's session, to be run.</summary>
    private PowerShell Shell(string script)
    {
        string file = Path.Combine(_folder, "a.log");
        File.WriteAllText(file, "a");
        return _engine.Shell("param($session, $file) $PSDefaultParameterValues = @{ 'Send-WeChat*:Session' = $session }; " + script, _session, file);
    }

    private void AddFault(string request, string kind, int count, int? code = null) => _engine.Run(
        "param($e, $request, $kind, $count, $code) $null = Add-WeChatEmulatorFault $request $kind -Count $count -Code $code -Endpoint $e",
        _http.BaseAddress, request, kind, count, code).AssertNoErrors();

    private void AssertAsked(string endpoint, int times, string id)
    {
        ScriptRun asked = _engine.Run("param($e, $name) Get-WeChatEmulatorRequest $name -Endpoint $e", _http.BaseAddress, endpoint).AssertNoErrors();
        Assert.Equal(times, asked.Output.Length);
        Assert.All(asked.Output, one => Assert.Contains(id, ((WeChatEmulatorRequest)one.BaseObject).Body, StringComparison.Ordinal));
    }

    private async Task<JsonElement[]> SentAsync()
    {
        using JsonDocument sent = JsonDocument.Parse(await _http.GetStringAsync(new Uri("emulator/sent", UriKind.Relative)));
        return [.. sent.RootElement.Clone().EnumerateArray()];
    }
}

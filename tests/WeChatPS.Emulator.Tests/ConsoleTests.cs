using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace WeChatPS.Emulator.Tests;

public sealed class ConsoleTests
{
    [Fact]
    public async Task It_says_where_it_listens_prints_a_line_a_request_and_ends_when_asked()
    {
        using Process console = Start("--port", "0", "--hold", "1.5", "--contacts", "3", "--account", "小红", "--account", "小明");
        string first = (await console.StandardOutput.ReadLineAsync())!;
        Assert.Matches("^listening on http://127\\.0\\.0\\.1:\\d+/$", first);
        using var http = new HttpClient { BaseAddress = new Uri(first["listening on ".Length..]) };

        await http.GetAsync(new Uri("qrcode/x", UriKind.Relative));
        Assert.Matches("GET qrcode 404 \\d+ ms$", await console.StandardOutput.ReadLineAsync());
        string status = await http.GetStringAsync(new Uri("emulator/status", UriKind.Relative));
        Assert.All(["好友00003", "小红", "小明"], name => Assert.Contains(name, status));
        using HttpResponseMessage stop = await http.PostAsync(new Uri("emulator/stop", UriKind.Relative), null);

        Assert.Equal("{}", await stop.Content.ReadAsStringAsync());
        await console.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, console.ExitCode);
    }

    [Fact]
    public async Task It_can_name_another_host_than_its_own()
    {
        using Process console = Start("--phone", "0", "--redirect-host", "wx2.qq.com");
        string first = (await console.StandardOutput.ReadLineAsync())!;
        using var http = new HttpClient { BaseAddress = new Uri(first["listening on ".Length..]) };

        string code = await http.GetStringAsync(new Uri($"jslogin?appid={WebClient.AppId}&redirect_uri=x&fun=new", UriKind.Relative));
        string uuid = Regex.Match(code, "uuid = \"(.+)\"").Groups[1].Value;
        string login = "";
        for (int i = 0; i < 5 && !login.Contains("window.code=200", StringComparison.Ordinal); i++)
        {
            login = await http.GetStringAsync(new Uri($"{WebClient.P}login?uuid={Uri.EscapeDataString(uuid)}&tip=0", UriKind.Relative));
        }

        Assert.Contains("window.redirect_uri=\"https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?", login);
        using HttpResponseMessage stop = await http.PostAsync(new Uri("emulator/stop", UriKind.Relative), null);
        await console.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("--redirect-host", "wx2.qq.com/path")]
    [InlineData("--redirect-host", "")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--hold", "NaN")]
    [InlineData("--contacts")]
    [InlineData("--account", "我", "--account", "我")]
    [InlineData("--per-fetch", "0")]
    [InlineData("--phone", "-1")]
    [InlineData("--nonsense")]
    public async Task Bad_arguments_give_one_line_and_exit_code_2(params string[] arguments)
    {
        using Process console = Start(arguments);
        string error = await console.StandardError.ReadToEndAsync();

        await console.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, console.ExitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(arguments[0], error);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line()
    {
        await using WeChatEmulator emulator = Emulators.Start();
        using Process console = Start("--port", $"{emulator.Endpoint.Port}");
        string error = await console.StandardError.ReadToEndAsync();

        await console.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, console.ExitCode);
        Assert.StartsWith($"cannot listen on port {emulator.Endpoint.Port}: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_request_do_not_reach_the_terminal()
    {
        var request = new LoggedRequest
        {
            Number = 1, Time = DateTimeOffset.UnixEpoch, Method = "GET", Endpoint = "/\u001b]0;title\u0007", Path = "", Query = "", Headers = [],
            Body = "", BodyLength = 0,
        };

        Assert.Contains("/?]0;title?", CommandLine.Line(request));
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.ChangeExtension(typeof(WeChatEmulator).Assembly.Location, ".dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}

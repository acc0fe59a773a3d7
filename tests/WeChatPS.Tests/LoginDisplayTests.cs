using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Login;

namespace WeChatPS.Tests;

public sealed class LoginDisplayTests
{
    private const string Address = "https://login.weixin.qq.com/l/4YxbNqQcPA==";
    private const int QuietZone = 4;

    [Fact]
    public void A_code_fits_the_terminal_with_its_quiet_zone()
    {
        IReadOnlyList<string> lines = QrText.Lines(Address);

        int width = lines[0].Length;
        Assert.InRange(width, 25, 79);
        Assert.All(lines, line => Assert.Equal(width, line.Length));
        Assert.Equal((width + 1) / 2, lines.Count);
        Assert.All(lines.Take(QuietZone / 2).Concat(lines.TakeLast(QuietZone / 2)), line => Assert.True(string.IsNullOrWhiteSpace(line)));
        Assert.All(lines, line => Assert.True(string.IsNullOrWhiteSpace(line[..QuietZone]) && string.IsNullOrWhiteSpace(line[^QuietZone..])));
    }

    [Fact]
    public void The_three_corners_are_where_a_scanner_looks_for_them()
    {
        bool[][] modules = Modules(QrText.Lines(Address));
        int size = modules[0].Length;

        Assert.All(
            new (int Top, int Left)[] { (QuietZone, QuietZone), (QuietZone, size - QuietZone - 7), (size - QuietZone - 7, QuietZone) },
            corner => Assert.Equal(
                ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"],
                Enumerable.Range(corner.Top, 7).Select(row => string.Concat(modules[row].Skip(corner.Left).Take(7).Select(dark => dark ? '#' : '.')))));
    }

    [Fact]
    public void The_code_says_the_address() => Assert.Equal(Address, QrReader.Read(Modules(QrText.Lines(Address)), QuietZone));

    [Fact]
    public void The_picture_is_a_png() => Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], QrText.Png(Address).Take(8));

    [Theory]
    [InlineData(false, "pwsh")]
    [InlineData(false, "pwsh -NoProfile")]
    [InlineData(true, "pwsh -NoProfile -NonInteractive")]
    [InlineData(true, "pwsh -noni -File x.ps1")]
    [InlineData(true, "pwsh --NonInteractive")]
    [InlineData(true, "powershell.exe /NonInteractive")]
    [InlineData(false, "pwsh -non")]
    [InlineData(false, "pwsh -File x.ps1 -NonInteractive")]
    [InlineData(false, "pwsh -Command Connect-WeChat -NonInteractive")]
    [InlineData(false, "pwsh -NoProfile -c Connect-WeChat -NonInteractive")]
    public void A_host_started_with_NonInteractive_is_recognised(bool expected, string commandLine) =>
        Assert.Equal(expected, Attendance.IsNonInteractive(commandLine.Split(' ')));

    [Fact]
    public void Every_step_of_a_login_has_words()
    {
        LoginEvent[] steps =
        [
            new LoginEvent.Resuming(), new LoginEvent.ResumeFailed("why"), new LoginEvent.Pushed(), new LoginEvent.QrCode(new Uri(Address), 2, 3),
            new LoginEvent.Scanned(null), new LoginEvent.Confirmed(), new LoginEvent.SentElsewhere("wx.example"),
            new LoginEvent.Cancelled(), new LoginEvent.Expired(),
        ];
        Type[] known = [.. typeof(LoginEvent).GetNestedTypes(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public).Where(type => type.IsSubclassOf(typeof(LoginEvent)))];

        Assert.Equal(known.Length, steps.Length);
        Assert.All(steps, step => Assert.NotEqual(step.ToString(), LoginWords.For(step)));
        Assert.All(steps, step => Assert.Equal(step.GetType().Name, new WeChatLoginStep(step, "").Step.ToString()));
    }

    private static bool[][] Modules(IReadOnlyList<string> lines) =>
    [
        .. lines.SelectMany(line => new[]
        {
            line.Select(half => half is '█' or '▀').ToArray(),
            line.Select(half => half is '█' or '▄').ToArray(),
        }).Take(lines[0].Length),
    ];
}

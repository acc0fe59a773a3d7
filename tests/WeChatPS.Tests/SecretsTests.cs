using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WeChatPS.Tests;

/// <summary>A whole session's life, loud and logged, beside a contact who means harm: no secret and no terminal control gets out.</summary>
public sealed partial class SecretsTests : IDisposable
{
    private const string Evil = "\u001b]0;owned\u0007夜\u009b31m\u202e猫\u2066\u200f";

    private readonly HostedEngine _engine = HostedEngine.WithModule();
    private readonly string _folder = Directory.CreateTempSubdirectory("wechatps-secrets-").FullName;
    private readonly List<(string Where, string Text)> _said = [];
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    [GeneratedRegex(@"[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")]
    private static partial Regex Controls { get; }

    [GeneratedRegex(@"(?<=[?&](?:skey|sid|uin|uuid|ticket|pass_ticket|deviceid|webwx_data_ticket)=)[^&]+")]
    private static partial Regex QuerySecrets { get; }

    [GeneratedRegex("""(?<="(?:Sid|Skey|DeviceID|Uin|pass_ticket|VerifyUserTicket)":"?)[^",}]+""")]
    private static partial Regex BodySecrets { get; }

    public void Dispose()
    {
        _engine.Run("Get-WeChatSession | Where-Object Name -like 'secrets*' | Disconnect-WeChat; if ($emulator) { Stop-WeChatEmulator @server }").AssertNoErrors();
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_whole_run_tells_no_secret_and_obeys_no_contact()
    {
        LiveALife();
        CollectSecrets();
        ReadFiles();

        string[] kinds = [.. _said.Select(one => one.Where.Split(' ')[0]).Distinct().Order()];
        Assert.Equal(["debug", "error", "file", "information", "output", "progress", "verbose", "warning"], kinds);
        Assert.True(_secrets.Count > 20, $"only {_secrets.Count} secrets were found to look for");
        Assert.Empty(
            from said in _said
            where !IsTheCodeItself(said.Where, said.Text)
            from secret in _secrets
            where said.Text.Contains(secret, StringComparison.Ordinal)
            select $"{said.Where}: {secret} in {Excerpt(said.Text, said.Text.IndexOf(secret, StringComparison.Ordinal))}");
        Assert.Empty(
            from said in _said
            let text = said.Where.StartsWith("file", StringComparison.Ordinal) ? said.Text.Replace('\n', ' ') : said.Text
            where Controls.IsMatch(text)
            select $"{said.Where}: {Excerpt(text, Controls.Match(text).Index)}");
    }

    private void LiveALife()
    {
        Say("$emulator = Start-WeChatEmulator -HoldSec 1; $server = @{ Endpoint = $emulator.Endpoint }");
        var endpoint = _engine.Run("$emulator.Endpoint").Single<Uri>();
        AddContact(endpoint);
        _engine.Run(
            """
            param($folder)
            $login = $server + @{ StorePath = "$folder/store"; LogPath = "$folder/wire.log"; LogBody = $true; SendInterval = 0 }
            $VerbosePreference = $DebugPreference = 'Continue'
            """, _folder).AssertNoErrors();

        Say("$session = Connect-WeChat secrets @login -Login Qr -QrCode None; $session");
        Say("param($evil) Send-WeChatEmulatorMessage @server -From $evil -Text $evil; Send-WeChatEmulatorMessage @server -From 张三 -Group 运维群 -Text $evil", Evil);
        Say("Receive-WeChatMessage -Session $session -NoWait -IncludeSelf | ForEach-Object { $_ | Send-WeChatMessage -Text \"You said $($_.Text)\" }");
        Say("param($evil) 'File', 'Image', 'Video' | ForEach-Object { Send-WeChatEmulatorMessage @server -From 张三 -Kind $_ -FileName \"$evil.txt\" }", Evil);
        Say("Add-WeChatEmulatorFault webwxgetmsgimg Html @server; Receive-WeChatMessage -Session $session -NoWait | Save-WeChatMedia \"$($login.StorePath)/media\" -PassThru");
        Say("Send-WeChatEmulatorMessage @server -From 甲 -Kind FriendRequest -Text 你好; Receive-WeChatMessage -Session $session -NoWait -Kind FriendRequest | ForEach-Object { $_; $_ | Approve-WeChatFriendRequest }");
        Say("Get-WeChatContact -Session $session | Save-WeChatAvatar \"$($login.StorePath)/avatars\" -PassThru; Remove-WeChatEmulatorFault @server");
        Say("Get-WeChatContact -Session $session -Refresh; Get-WeChatGroupMember -Session $session -Group 运维群 -Refresh");
        Say("param($evil) Send-WeChatMessage -Session $session -To \"nobody $evil\" -Text x -ErrorAction Continue", Evil);
        foreach (string fault in new[]
        {
            "webwxsync InvalidUtf8", "webwxsync GarbageItem", "webwxsync Html", "webwxsync Truncate", "webwxsync Ret -Code -14", "webwxsync Duplicate",
            "synccheck Redirect -Text 'https://portal.example/?sid=[1m'", "synccheck Html", "synccheck Truncate", "synccheck Ret -Code 1101", "synccheck ZeroStatus",
        })
        {
            Say($"param($evil) Add-WeChatEmulatorFault {fault} -Count 2 @server; Send-WeChatEmulatorMessage @server -From 张三 -Text $evil", Evil);
            Say("Receive-WeChatMessage -Session $session -NoWait -ErrorAction Continue; Test-WeChatSync -Session $session -TimeoutSec 2");
            Say("Remove-WeChatEmulatorFault @server");
        }

        Say("Receive-WeChatMessage -Session $session -TimeoutSec 2; Wait-WeChatSync -Session $session -TimeoutSec 1; Get-WeChatSession secrets");
        Say("Disconnect-WeChat -Session $session; Get-WeChatSession secrets -Saved -StorePath $login.StorePath");
        Say("param($evil) Add-WeChatEmulatorFault webwxnewloginpage Refused1203 -Count 1 -Text $evil @server; Connect-WeChat secrets-refused @login -Login Qr", Evil);
        Say("Add-WeChatEmulatorFault webwxinit Status -Code 502 -Count 1 @server; Connect-WeChat secrets @login -Login Resume");
        Say("$session = Connect-WeChat secrets @login -Login Resume; $session; Disconnect-WeChat -Session $session -Logout");
    }

    private static void AddContact(Uri endpoint)
    {
        using var http = new HttpClient();
        using var body = new StringContent(JsonSerializer.Serialize(new { action = "add", name = Evil, kind = "friend", remark = "" }), Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = http.PostAsync(new Uri(endpoint, "/emulator/contact"), body).GetAwaiter().GetResult();
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Runs a script and keeps everything that it says. An output object says what it is when it is exported, and what its line is.</summary>
    private void Say(string script, params object?[] arguments)
    {
        using PowerShell shell = _engine.Shell(script, arguments);
        try
        {
            foreach (PSObject output in shell.Invoke())
            {
                _said.Add(("output", output.ToString()));
                _said.Add(("output exported", Controls.Replace(PSSerializer.Serialize(output, 3), " ")));
            }
        }
        catch (RuntimeException terminating)
        {
            Keep(terminating.ErrorRecord);
        }

        foreach (ErrorRecord error in shell.Streams.Error) Keep(error);
        _said.AddRange(shell.Streams.Warning.Select(record => ("warning", record.Message)));
        _said.AddRange(shell.Streams.Verbose.Select(record => ("verbose", record.Message)));
        _said.AddRange(shell.Streams.Debug.Select(record => ("debug", record.Message)));
        _said.AddRange(shell.Streams.Information.Select(record => ("information", record.ToString())));
        _said.AddRange(shell.Streams.Progress.Select(record => ("progress", $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}")));
    }

    private void Keep(ErrorRecord error)
    {
        Assert.StartsWith("WeChat.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        _said.Add(("error", error.ToString()));
        _said.Add(("error exported", Controls.Replace(PSSerializer.Serialize(error, 3), " ")));
    }

    private void CollectSecrets()
    {
        ScriptRun run = _engine.Run("$VerbosePreference = $DebugPreference = 'SilentlyContinue'; Get-WeChatEmulatorRequest @server").AssertNoErrors();
        foreach (WeChatEmulatorRequest request in run.Output.Select(one => (WeChatEmulatorRequest)one.BaseObject))
        {
            IEnumerable<string> cookies = request.Headers.Where(line => line.StartsWith("Cookie: ", StringComparison.OrdinalIgnoreCase))
                .SelectMany(line => line["Cookie: ".Length..].Split("; "))
                .Where(pair => !pair.StartsWith("mm_lang=", StringComparison.Ordinal) && !pair.Contains("loadtime=", StringComparison.Ordinal) && !pair.StartsWith("wxpluginkey=", StringComparison.Ordinal))
                .Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            IEnumerable<string> others = QuerySecrets.Matches(request.Query).Concat(BodySecrets.Matches(request.Body)).Select(match => match.Value);
            foreach (string value in cookies.Concat(others).Where(value => value.Length > 5))
                _secrets.UnionWith([value, Uri.UnescapeDataString(value), Uri.EscapeDataString(value), JsonEncodedText.Encode(value).ToString()]);
        }
    }

    private void ReadFiles()
    {
        foreach (string path in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetFileName(path);
            // what these two hold is what they are for; they are readable by their owner alone. What others sent is what they sent.
            bool isSaved = Path.GetFileName(Path.GetDirectoryName(path)) is "media" or "avatars";
            if (!isSaved && name != "session.json" && !name.StartsWith("inbox", StringComparison.Ordinal)) _said.Add(($"file {name}", Encoding.UTF8.GetString(File.ReadAllBytes(path))));
        }
    }

    // the address is shown to be opened on the phone: it says what the code beside it says
    private static bool IsTheCodeItself(string where, string text) => where == "information" && text.StartsWith("Scan this QR code", StringComparison.Ordinal);

    private static string Excerpt(string text, int at) => text.Substring(Math.Max(0, at - 60), Math.Min(120, text.Length - Math.Max(0, at - 60)));
}

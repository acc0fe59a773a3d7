using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace WeChatPS.Reference;

/// <summary>What a login leaves: enough to go on in another process.</summary>
/// <param name="Cookies">As a request carries them.</param>
/// <param name="Skey">The session's key.</param>
/// <param name="Sid">The session's id.</param>
/// <param name="Uin">The account's number.</param>
/// <param name="Ticket">The pass_ticket.</param>
/// <param name="UserName">The account's user name in this session.</param>
/// <param name="SyncKey">Where the next fetch begins, as the server wrote it.</param>
internal sealed record Login(string Cookies, string Skey, string Sid, string Uin, string Ticket, string UserName, string SyncKey)
{
    /// <summary>Logs in by a code that the emulator's phone confirms.</summary>
    public static async Task<Login> NewAsync(HttpClient http)
    {
        string code = await http.GetStringAsync(
            "/jslogin?appid=wx782c26e4c19acffb&fun=new&lang=zh_CN&redirect_uri=https%3A%2F%2Fwx.qq.com%2Fcgi-bin%2Fmmwebwx-bin%2Fwebwxnewloginpage").ConfigureAwait(false);
        string uuid = Part(code, "uuid = \"(.*?)\"");
        string confirmed;
        do
            confirmed = await http.GetStringAsync($"/cgi-bin/mmwebwx-bin/login?uuid={uuid}&tip=0").ConfigureAwait(false);
        while (!confirmed.Contains("code=200", StringComparison.Ordinal));

        using HttpResponseMessage page = await http.GetAsync(new Uri(Part(confirmed, "redirect_uri=\"(.*?)\"") + "&fun=new&version=v2").PathAndQuery).ConfigureAwait(false);
        string xml = await page.Content.ReadAsStringAsync().ConfigureAwait(false);
        string cookies = string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]));
        var login = new Login(cookies, Element(xml, "skey"), Element(xml, "wxsid"), Element(xml, "wxuin"), Element(xml, "pass_ticket"), "", "");
        return await new Session(http, login).InitAsync().ConfigureAwait(false);
    }

    public static Login Load(string folder) => File.ReadAllLines(FileIn(folder)) is [var cookies, var skey, var sid, var uin, var ticket, var name, var key]
        ? new Login(cookies, skey, sid, uin, ticket, name, key)
        : throw new InvalidDataException("The saved login is not one.");

    public void Save(string folder) => File.WriteAllLines(FileIn(folder), [Cookies, Skey, Sid, Uin, Ticket, UserName, SyncKey]);

    private static string FileIn(string folder) => Path.Combine(folder, "login.txt");

    private static string Element(string xml, string name) => Part(xml, $"<{name}>(.*?)</{name}>");

    private static string Part(string text, string pattern) => Regex.Match(text, pattern).Groups[1].Value;
}

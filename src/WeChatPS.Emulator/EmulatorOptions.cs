using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>The response of the login page.</summary>
public enum LoginPageStyle
{
    /// <summary>Like the real server: 200 when the client adds <c>version=v2</c>, otherwise 301 without a Location.</summary>
    Automatic,

    /// <summary>Always 200.</summary>
    Ok,

    /// <summary>Always 301 without a Location, the XML in the body.</summary>
    Moved,
}

/// <summary>The options of an emulator. With the defaults, a login works without further settings.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 for a free port.</summary>
    public int Port { get; init; }

    /// <summary>The hold time of an idle poll.</summary>
    public TimeSpan Hold
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The nicknames of the accounts, each with its own contacts. Their phones scan QR codes in turn, in this order.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = ["我"];

    /// <summary>Whether an account starts with the demo contacts and groups. Otherwise, it has only File Transfer (filehelper).</summary>
    public bool DemoContacts { get; init; } = true;

    /// <summary>The number of additional generated friends (<c>好友00001</c> and so on).</summary>
    public int Contacts { get; init; }

    /// <summary>The maximum number of contacts in one page of the address book.</summary>
    public int ContactsPerPage
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 2000;

    /// <summary>The maximum number of messages in one fetch. If more are pending, ContinueFlag is set.</summary>
    public int MaxMessagesPerSync
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 50;

    /// <summary>The number of fetched messages that a session keeps for clients with an old sync key.</summary>
    public int ReplayWindow { get; init; } = 20_000;

    /// <summary>Whether the phone scans and confirms every QR code automatically.</summary>
    public bool AutoPhone { get; set; } = true;

    /// <summary>The delay before the automatic scan of a new QR code.</summary>
    public TimeSpan ScanDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The delay before the automatic confirmation after a scan or a push login.</summary>
    public TimeSpan ConfirmDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The lifetime of a QR code.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The authority (<c>wx2.qq.com</c>) in redirect_uri and cookies, for clients that use real host names and are redirected to the
    /// emulator, over https with Secure cookies. Null or a loopback authority means http.
    /// </summary>
    public string? RedirectHost { get; init; }

    /// <summary>The response of the login page.</summary>
    public LoginPageStyle LoginPage { get; set; }

    /// <summary>Whether the account can log in only as a desktop client. Other logins are refused with 1203.</summary>
    public bool DesktopOnly { get; set; }

    /// <summary>Whether a new login ends the older sessions of the account (1100), as the real server does.</summary>
    public bool OneSessionPerAccount { get; set; }

    /// <summary>The group size from which new members must be invited instead of added (InviteStartCount of webwxinit).</summary>
    public int InviteStartCount { get; set; } = 40;

    /// <summary>Whether a pass_ticket is required wherever the official web client sends one (-14 without it). A wrong one is always refused.</summary>
    public bool RequirePassTicket { get; set; }

    /// <summary>
    /// Whether downloads of received files support ranges. Downloads of videos always do, as observed on the real server. For files, this
    /// has not been observed.
    /// </summary>
    public bool FileRanges { get; set; }

    /// <summary>Whether a send with a known ClientMsgId to the same receiver is dropped as a duplicate and gets the first MsgID as the response.</summary>
    public bool DropDuplicateSends { get; set; } = true;

    /// <summary>
    /// Whether responses above 200 bytes are compressed for clients that accept gzip, like on the real server. By default they are not,
    /// because compression costs more than it saves on loopback.
    /// </summary>
    public bool Compress { get; init; }

    /// <summary>The contact that replies to every text with the same text; null for none.</summary>
    public string? Echo { get; init; }

    /// <summary>Whether the demo contacts send a few messages after each login.</summary>
    public bool Chatty { get; set; }

    /// <summary>The time between the messages of the chatty contacts.</summary>
    public TimeSpan ChattyInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets the root of a <see cref="RedirectHost"/>; null if it is not an authority.</summary>
    internal static Uri? HomeOf(string authority)
    {
        bool fits = Uri.TryCreate($"https://{authority}/", UriKind.Absolute, out Uri? home)
            && home.Host.Length > 0 && home.UserInfo.Length == 0 && home.PathAndQuery == "/" && home.Fragment.Length == 0;
        return !fits ? null : home!.IsLoopback ? new Uri($"http://{authority}/") : home;
    }
}

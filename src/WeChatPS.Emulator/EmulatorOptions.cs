using System;

namespace WeChatPS.Emulator;

/// <summary>How the login page answers.</summary>
public enum LoginPageStyle
{
    /// <summary>As the real server: 200 when the client adds <c>version=v2</c>, otherwise 301 without a Location.</summary>
    Automatic,

    /// <summary>Always 200.</summary>
    Ok,

    /// <summary>Always 301 without a Location, the XML in the body.</summary>
    Moved,
}

/// <summary>How an emulator behaves. Everything has a default with which a login just works.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How long an idle poll is held before the server answers that nothing happened.</summary>
    public TimeSpan Hold
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(25);

    /// <summary>Whether the account starts with the demo contacts and groups; otherwise it has the file helper alone.</summary>
    public bool DemoContacts { get; init; } = true;

    /// <summary>How many generated friends (<c>好友00001</c> and so on) the account has besides.</summary>
    public int Contacts { get; init; }

    /// <summary>The most contacts in one page of the address book.</summary>
    public int ContactsPerPage
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 2000;

    /// <summary>The most messages in one fetch; when there are more, ContinueFlag is set.</summary>
    public int MaxMessagesPerSync
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 50;

    /// <summary>How many fetched messages a session keeps for clients that come back with an old key.</summary>
    public int ReplayWindow { get; init; } = 20_000;

    /// <summary>Whether the phone scans and confirms every login code by itself.</summary>
    public bool AutoPhone { get; set; } = true;

    /// <summary>From a new code to the scan, when the phone acts by itself.</summary>
    public TimeSpan ScanDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>From the scan, or a push login, to the confirmation, when the phone acts by itself.</summary>
    public TimeSpan ConfirmDelay { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a login code can be scanned and confirmed.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The authority (<c>wx2.qq.com</c>) that redirect_uri and the cookies name, for clients that use real host names and whose
    /// connections are redirected here: over https, with Secure cookies. Null, or a loopback authority: plain HTTP; an address has no Domain.
    /// </summary>
    public string? RedirectHost { get; init; }

    /// <summary>How the login page answers.</summary>
    public LoginPageStyle LoginPage { get; set; }

    /// <summary>Whether the account may log in only as a desktop client; others are refused with 1203 and the server's words.</summary>
    public bool DesktopOnly { get; set; }

    /// <summary>Whether a new login ends the older sessions of the account (1100), as the real server does.</summary>
    public bool OneSessionPerAccount { get; set; }

    /// <summary>From this size on people cannot be added to a group, only invited; webwxinit says so.</summary>
    public int InviteStartCount { get; set; } = 40;

    /// <summary>Whether a pass_ticket is demanded wherever the browser sends one (-14 without); a wrong one is always refused.</summary>
    public bool RequirePassTicket { get; set; }

    /// <summary>
    /// Whether files that were received come in parts to those who ask for one. Videos always do, as was seen of the real server; of files
    /// nobody has seen it.
    /// </summary>
    public bool FileRanges { get; set; }

    /// <summary>Whether a send that repeats a ClientMsgId is dropped and answered with the first one's MsgID.</summary>
    public bool DropDuplicateSends { get; set; } = true;

    /// <summary>
    /// Whether replies above 200 bytes are compressed for clients that accept gzip, as the real server does. Off by default: over loopback
    /// it costs more than it saves.
    /// </summary>
    public bool Compress { get; init; }

    /// <summary>A contact that answers every text sent to it with the same text; null: nobody does.</summary>
    public string? Echo { get; init; }

    /// <summary>Whether the demo contacts write a few messages after each login.</summary>
    public bool Chatty { get; set; }

    /// <summary>From message to message of the chatty contacts.</summary>
    public TimeSpan ChattyInterval { get; set; } = TimeSpan.FromSeconds(2);
}

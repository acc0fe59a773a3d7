using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace WeChatPS.Emulator.State;

/// <summary>The state of the server. <see cref="Gate"/> guards it and is never held during a wait.</summary>
internal sealed class World(EmulatorOptions options, CancellationToken stopping)
{
    private readonly Dictionary<string, WebSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoginCode> _codes = new(StringComparer.Ordinal);
    private readonly HashSet<(long Uin, string Ticket)> _pushRights = [];

    public object Gate { get; } = new();

    public EmulatorOptions Options { get; } = options;

    /// <summary>Cancelled when the emulator stops.</summary>
    public CancellationToken Stopping { get; } = stopping;

    /// <summary>The scheme and authority in responses.</summary>
    public Uri Home { get; set; } = new("http://127.0.0.1/");

    public List<Account> Accounts { get; } = [];

    public List<SentMessage> Sent { get; } = [];

    public MediaStore Media { get; } = new();

    public EmulatorCounters Counters { get; } = new();

    /// <summary>Called with each new QR code, outside the gate.</summary>
    public Action<LoginCode>? CodeAdded { get; set; }

    /// <summary>Called when a client has sent its first webwxstatusnotify, outside the gate.</summary>
    public Action<WebSession>? SessionReady { get; set; }

    public IReadOnlyList<WebSession> Sessions
    {
        get
        {
            lock (Gate)
            {
                return [.. _sessions.Values];
            }
        }
    }

    public LoginCode AddCode(bool isDesktop, Account? pushTo = null)
    {
        var code = new LoginCode(Ids.Uuid(), isDesktop, DateTimeOffset.UtcNow + Options.CodeLifetime);
        if (pushTo is not null)
        {
            // The phone already asks for the confirmation, so no scan is needed.
            code.Account = pushTo;
            code.Become(LoginCodeState.Scanned);
        }

        lock (Gate)
        {
            _codes[code.Uuid] = code;
        }

        CodeAdded?.Invoke(code);
        return code;
    }

    public LoginCode? CodeOf(string? uuid)
    {
        lock (Gate)
        {
            return uuid is null ? null : _codes.GetValueOrDefault(uuid);
        }
    }

    /// <summary>Gets the newest QR code that can still be scanned or confirmed.</summary>
    public LoginCode? NewestOpenCode()
    {
        lock (Gate)
        {
            return _codes.Values.LastOrDefault(code => code.IsOpen);
        }
    }

    /// <summary>Exchanges the ticket of a confirmed login for a session. Each ticket is valid once.</summary>
    public WebSession? OpenSession(string? ticket)
    {
        List<WebSession> replaced;
        WebSession session;
        lock (Gate)
        {
            LoginCode? code = _codes.Values.FirstOrDefault(code => code.Ticket is not null && code.Ticket == ticket);
            if (code?.Account is null)
            {
                return null;
            }

            code.Ticket = null;
            replaced = Options.OneSessionPerAccount ? [.. code.Account.LiveSessions] : [];
            session = new WebSession(code.Account, code.IsDesktop, Options.ReplayWindow);
            _sessions[session.Sid] = session;
            _pushRights.Add((code.Account.Uin, session.AuthTicket));
            code.Account.Add(session);
        }

        foreach (WebSession old in replaced)
        {
            End(old, 1100);
        }

        return session;
    }

    public WebSession? SessionOf(string? sid)
    {
        lock (Gate)
        {
            return sid is null ? null : _sessions.GetValueOrDefault(sid);
        }
    }

    public void End(WebSession session, int code)
    {
        lock (Gate)
        {
            if (session.EndCode != 0)
            {
                return;
            }

            session.EndCode = code;
            session.Account.Remove(session);
        }

        session.Changed.Pulse();
    }

    /// <summary>Checks that a contact or group member has this id, remark or nickname.</summary>
    /// <exception cref="EmulatorException">No contact or member has this name.</exception>
    public void CheckContact(string name)
    {
        lock (Gate)
        {
            if (!Accounts.Exists(account => account.FindPerson(name) is not null))
            {
                throw Account.Unknown("contact", name, Accounts.SelectMany(account => account.ContactList));
            }
        }
    }

    /// <summary>Whether a request's text contains the contact's user name in one of the sessions.</summary>
    public bool IsNamed(string name, string said)
    {
        lock (Gate)
        {
            return Accounts.Exists(account => account.FindPerson(name) is { } contact
                && account.LiveSessions.Any(session => said.Contains(session.UserNameOf(contact), StringComparison.Ordinal)));
        }
    }

    /// <summary>Gets the account whose phone can confirm a push login with these cookies.</summary>
    public Account? PushAccount(string? uin, string? authTicket)
    {
        if (authTicket is null || !long.TryParse(uin, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        lock (Gate)
        {
            return _pushRights.Contains((number, authTicket)) ? Accounts.FirstOrDefault(account => account.Uin == number) : null;
        }
    }
}

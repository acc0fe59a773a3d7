using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace WeChatPS.Emulator.State;

/// <summary>Everything the server knows. <see cref="Gate"/> guards all of it; nobody waits while holding it.</summary>
internal sealed class World(EmulatorOptions options, CancellationToken stopping)
{
    private readonly Dictionary<string, WebSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoginCode> _codes = new(StringComparer.Ordinal);
    private readonly HashSet<(long Uin, string Ticket)> _pushRights = [];

    public object Gate { get; } = new();

    public EmulatorOptions Options { get; } = options;

    /// <summary>Ends when the emulator does.</summary>
    public CancellationToken Stopping { get; } = stopping;

    /// <summary>Scheme and authority that replies name.</summary>
    public Uri Home { get; set; } = new("http://127.0.0.1/");

    public List<Account> Accounts { get; } = [];

    public List<SentMessage> Sent { get; } = [];

    public MediaStore Media { get; } = new();

    public EmulatorCounters Counters { get; } = new();

    /// <summary>Called with each new login code, outside the gate.</summary>
    public Action<LoginCode>? CodeAdded { get; set; }

    /// <summary>Called when a client has said that it is ready, outside the gate.</summary>
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
            // The phone already shows the question: there is nothing to scan.
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

    /// <summary>The newest code that can still be scanned or confirmed.</summary>
    public LoginCode? NewestOpenCode()
    {
        lock (Gate)
        {
            return _codes.Values.LastOrDefault(code => code.IsOpen);
        }
    }

    /// <summary>Exchanges the ticket of a confirmed code for a session; each ticket serves once.</summary>
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

    /// <summary>Makes sure that somebody goes by this id, remark or nickname, members of groups included.</summary>
    /// <exception cref="EmulatorException">Nobody does.</exception>
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

    /// <summary>Whether this contact is named in what a client said, as a session of its knows it.</summary>
    public bool IsNamed(string name, string said)
    {
        lock (Gate)
        {
            return Accounts.Exists(account => account.FindPerson(name) is { } contact
                && account.LiveSessions.Any(session => said.Contains(session.UserNameOf(contact), StringComparison.Ordinal)));
        }
    }

    /// <summary>The account whose phone may be asked to log this browser in again, without a code.</summary>
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

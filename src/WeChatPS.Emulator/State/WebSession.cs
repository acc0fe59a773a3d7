using System;
using System.Collections.Generic;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>One login of one client, with its own user names, keys and changes.</summary>
public sealed class WebSession
{
    private readonly string _salt = Ids.Hex(16);
    private readonly Dictionary<string, string> _userNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Contact> _contacts = new(StringComparer.Ordinal);

    internal WebSession(Account account, bool isDesktop, int replayWindow)
    {
        Account = account;
        IsDesktop = isDesktop;
        SelfUserName = "@" + Ids.UserName(_salt, account.Id, ContactKind.Friend)[1..33];
        long start = 600_000_000 + (Environment.TickCount64 & 0xffffff);
        Messages = new(start, replayWindow);
        ContactChanges = new(start - 58, replayWindow);
        ActivityStart = Activity = start - 2701;
        Profiles = new(ActivityStart, replayWindow);
    }

    /// <summary>The account that is logged in.</summary>
    public Account Account { get; }

    /// <summary>Whether the client logged in as a desktop client.</summary>
    public bool IsDesktop { get; }

    /// <summary>The session's id, as in the cookie <c>wxsid</c>.</summary>
    public string Sid { get; } = Ids.Sid();

    /// <summary>The account's user name in this session.</summary>
    public string SelfUserName { get; }

    /// <summary>The code with which the session ended (1100 on the phone, 1101 by another login, 1102 by the server); 0 for a live session.</summary>
    public int EndCode { get; internal set; }

    /// <summary>The current skey.</summary>
    public string SKey => Key.Value;

    internal RotatingSecret Key { get; } = new(Ids.SKey());

    internal RotatingSecret DataTicket { get; } = new(Ids.Ticket());

    internal string PassTicket { get; } = Ids.PassTicket();

    internal string AuthTicket { get; } = Ids.AuthTicket();

    internal string BrowserId { get; } = Ids.Hex(96);

    internal DateTimeOffset LoginTime { get; } = DateTimeOffset.UtcNow;

    internal bool IsInitialized { get; set; }

    internal bool HasRunChatty { get; set; }

    internal Signal Changed { get; } = new();

    internal ChangeLog<ReadOnlyMemory<byte>> Messages { get; }

    internal ChangeLog<ContactChange> ContactChanges { get; }

    /// <summary>The changes of the account's nickname.</summary>
    internal ChangeLog<string> Profiles { get; }

    /// <summary>The counter of activities that change only SyncCheckKey: sent media, and chats opened on the phone.</summary>
    internal long Activity { get; set; }

    /// <summary>The value of <see cref="Activity"/> at the login.</summary>
    internal long ActivityStart { get; }

    /// <summary>The selector for the last activity.</summary>
    internal int ActivitySelector { get; set; } = 7;

    /// <summary>The sent messages by receiver and ClientMsgId. A second one with both is a duplicate.</summary>
    internal Dictionary<(Contact To, string ClientMsgId), SentMessage> SentByIdentity { get; } = [];

    /// <summary>Gets the user name of a contact in this session.</summary>
    /// <param name="contact">A contact of the session's account.</param>
    public string UserNameOf(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        lock (_userNames)
        {
            if (!_userNames.TryGetValue(contact.Id, out string? name))
            {
                name = contact.Kind == ContactKind.System ? contact.Id : Ids.UserName(_salt, contact.Id, contact.Kind);
                _userNames[contact.Id] = name;
                _contacts[name] = contact;
            }

            return name;
        }
    }

    /// <summary>Finds the contact for a user name that was sent to the client.</summary>
    internal Contact? ContactOf(string? userName)
    {
        lock (_userNames)
        {
            return userName is null ? null : _contacts.GetValueOrDefault(userName);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator;

/// <summary>A WeChat account with its address book, groups and incoming messages.</summary>
public sealed class Account
{
    private readonly World _world;
    private readonly List<Contact> _contacts = [];
    private readonly List<WebSession> _sessions = [];
    private readonly List<Publication> _published = [];
    private readonly Queue<MessageComposer> _waiting = new();
    private readonly QuotableMessages _quotable = new();

    internal Account(World world, string nickName)
    {
        _world = world;
        Requests = new FriendRequests(this, world.Gate);
        Me = new Contact("wxid_" + Ids.Hex(14), ContactKind.Friend, nickName) { Sex = 1 };
        Uin = Ids.Uin();
        FileHelper = new Contact("filehelper", ContactKind.System, "文件传输助手");
        _contacts.Add(FileHelper);
    }

    /// <summary>The account's number, larger than 2^31.</summary>
    public long Uin { get; }

    /// <summary>The account's permanent id.</summary>
    public string Id => Me.Id;

    /// <summary>The account's nickname.</summary>
    public string NickName => Me.NickName;

    /// <summary>The account as a contact, for group memberships.</summary>
    public Contact Me { get; }

    /// <summary>File Transfer (filehelper), which accepts all messages.</summary>
    public Contact FileHelper { get; }

    /// <summary>Friends, official accounts, groups and system contacts.</summary>
    public IReadOnlyList<Contact> Contacts
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _contacts];
            }
        }
    }

    /// <summary>The live sessions.</summary>
    public IReadOnlyList<WebSession> Sessions
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _sessions];
            }
        }
    }

    /// <summary>The friend requests that clients of this account sent.</summary>
    public IReadOnlyList<FriendRequest> Asked => Requests.Asked;

    internal FriendRequests Requests { get; }

    internal IReadOnlyList<WebSession> LiveSessions => _sessions;

    internal IReadOnlyList<Contact> ContactList => _contacts;

    internal IReadOnlyList<Publication> Published => _published;

    /// <summary>Adds a friend. Live sessions are notified.</summary>
    public Contact AddFriend(string nickName, string remarkName = "") =>
        Add(new Contact("wxid_" + Ids.Hex(14), ContactKind.Friend, nickName)
        {
            RemarkName = remarkName, Sex = 2, Signature = "模拟联系人", Alias = "wx_" + Ids.Hex(6), Province = "上海", City = "浦东新区",
        });

    /// <summary>Adds an official account.</summary>
    public Contact AddOfficialAccount(string nickName) => Add(new Contact("gh_" + Ids.Hex(12), ContactKind.Official, nickName) { Certification = nickName + " <模拟认证>" });

    /// <summary>Sends articles from an official account as one message. Later logins receive them.</summary>
    public void Publish(Contact officialAccount, params Article[] articles)
    {
        lock (_world.Gate)
        {
            _published.Add(new Publication(officialAccount, DateTimeOffset.UtcNow, articles));
        }
    }

    /// <summary>Adds a group with the account as a member.</summary>
    /// <param name="name">The group's topic.</param>
    /// <param name="members">The other members: friends, or people from <see cref="NewStranger"/>.</param>
    /// <param name="isSaved">Whether the group is in the address book. Otherwise, it appears only in the recent chats.</param>
    /// <param name="isOwner">Whether the account is the owner. Otherwise, the first other member is.</param>
    /// <param name="isSilent">Whether clients are not notified of the group. They then see it with its first message or in a list of chats.</param>
    public Contact AddGroup(string name, IEnumerable<GroupMember> members, bool isSaved = true, bool isOwner = false, bool isSilent = false)
    {
        ArgumentNullException.ThrowIfNull(members);
        var me = new GroupMember(Me);
        return Add(new Contact(Ids.GroupId(), ContactKind.Group, name)
        {
            IsSaved = isSaved,
            Members = isOwner ? [me, .. members] : [.. members, me],
        }, isSilent);
    }

    /// <summary>Creates a person who is not a friend, for group memberships.</summary>
    /// <param name="nickName">The nickname.</param>
    /// <param name="sex">0 not specified, 1 male, 2 female.</param>
    /// <param name="province">The province. Like the other details, it is sent only for requests with the group's key.</param>
    /// <param name="city">The city.</param>
    /// <param name="signature">The signature.</param>
    public static Contact NewStranger(string nickName, int sex = 0, string province = "", string city = "", string signature = "") =>
        new("wxid_" + Ids.Hex(14), ContactKind.Stranger, nickName) { Sex = sex, Province = province, City = city, Signature = signature };

    /// <summary>Changes the names of a contact or of the account itself; null for no change.</summary>
    public void Rename(Contact contact, string? nickName = null, string? remarkName = null)
    {
        ArgumentNullException.ThrowIfNull(contact);
        lock (_world.Gate)
        {
            if (nickName is not null && nickName != contact.NickName)
            {
                (contact.NickName, contact.Pinyin) = (nickName, "");
            }

            if (remarkName is not null && remarkName != contact.RemarkName)
            {
                (contact.RemarkName, contact.RemarkPinyin) = (remarkName, "");
            }

            if (contact == Me)
            {
                _sessions.ForEach(session => session.Profiles.Add(contact.NickName));
            }
            else
            {
                Announce(contact);
            }
        }

        Wake();
    }

    /// <summary>Gets the member of a group by group nickname, id, remark or nickname.</summary>
    /// <exception cref="EmulatorException">No member has this name. The message lists the members.</exception>
    public static GroupMember Member(Contact group, string name)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Members.FirstOrDefault(m => m.DisplayName == name || m.Person.Id == name || m.Person.RemarkName == name || m.Person.NickName == name)
            ?? throw Unknown($"member of '{group}'", name, group.Members.Select(m => m.Person));
    }

    /// <summary>Mutes or unmutes a group.</summary>
    public void Mute(Contact group, bool isMuted = true)
    {
        ArgumentNullException.ThrowIfNull(group);
        lock (_world.Gate)
        {
            group.IsMuted = isMuted;
            Announce(group);
        }

        Wake();
    }

    /// <summary>Adds a member to a group. Clients are not notified: they see the member in a message or in the group's details.</summary>
    public void Join(Contact group, GroupMember newcomer)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(newcomer);
        lock (_world.Gate)
        {
            group.Members = [.. group.Members.Where(member => member.Person != newcomer.Person), newcomer];
            group.Invited = [.. group.Invited.Where(person => person != newcomer.Person)];
        }
    }

    /// <summary>Removes a contact from the address book. Clients receive it in DelContactList.</summary>
    public void Remove(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        lock (_world.Gate)
        {
            if (!_contacts.Remove(contact))
            {
                throw new EmulatorException($"'{contact}' is not a contact of '{NickName}'");
            }

            if (contact.Kind == ContactKind.Friend)
            {
                contact.Kind = ContactKind.Stranger;
            }

            foreach (WebSession session in _sessions)
            {
                session.ContactChanges.Add(new(contact, ChangeList.Removals, ContactJson.Removed(session, contact)));
            }
        }

        Wake();
    }

    /// <summary>Finds the contact by id, remark or nickname, in this order; null if there is none.</summary>
    public Contact? Find(string name)
    {
        lock (_world.Gate)
        {
            return _contacts.Find(c => c.Id == name)
                ?? _contacts.Find(c => c.RemarkName == name)
                ?? _contacts.Find(c => c.NickName == name);
        }
    }

    /// <summary>Gets the contact by id, remark or nickname.</summary>
    /// <exception cref="EmulatorException">No contact has this name. The message lists the known names.</exception>
    public Contact Contact(string name) => Find(name) ?? throw Unknown("contact", name, Contacts);

    /// <summary>
    /// Delivers a message to the account. Every live session receives it. Without one, the message waits for the next login.
    /// </summary>
    /// <returns>The MsgId.</returns>
    /// <exception cref="EmulatorException">The message contains an unknown name.</exception>
    public string Deliver(IncomingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        MessageComposer composer;
        lock (_world.Gate)
        {
            composer = new MessageComposer(this, _world.Media, message);
            _quotable.Add(composer.Quotable);
            if (_sessions.Count == 0)
            {
                _waiting.Enqueue(composer);
            }

            foreach (WebSession session in _sessions)
            {
                composer.AddTo(session);
            }
        }

        Wake();
        return composer.MsgId;
    }

    /// <summary>Delivers a text to the account.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="text">The text.</param>
    /// <param name="group">The group, or null for a private message.</param>
    /// <returns>The MsgId.</returns>
    public string Deliver(string from, string text, string? group = null) =>
        Deliver(new IncomingMessage { From = from, Text = text, Group = group });

    /// <summary>Simulates an activity on the phone that changes only SyncCheckKey. Polls report selector 7, and fetches return no data.</summary>
    public void PhoneActivity() => AdvanceActivity(_world, Sessions, selector: 7);

    internal static void AdvanceActivity(World world, IEnumerable<WebSession> sessions, int selector)
    {
        foreach (WebSession session in sessions)
        {
            lock (world.Gate)
            {
                session.Activity++;
                session.ActivitySelector = selector;
            }

            session.Changed.Pulse();
        }
    }

    internal static EmulatorException Unknown(string what, string name, IEnumerable<Contact> known) =>
        new($"no {what} has the name '{name}'. Known names: {string.Join(", ", known.Take(50).Select(c => c.ToString()))}");

    /// <summary>Finds a message that the account received or sent. The caller holds the gate.</summary>
    internal QuotableMessage? FindQuotable(string msgId)
    {
        SentMessage? sent = _world.Sent.FindLast(message => message.MsgId == msgId && message.Session.Account == this);
        return sent is null ? _quotable.Find(msgId) : new(msgId, Me, sent.To.Kind == ContactKind.Group ? sent.To : Me, sent.MsgType, sent.Text);
    }

    /// <summary>Removes a member from a group. Clients receive the group with the remaining members.</summary>
    public void Leave(Contact group, Contact person)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(person);
        ChangeMembers(group, [], [person]);
    }

    /// <summary>Changes a member's group nickname, which may be empty. Clients receive the change in ModChatRoomMemberList.</summary>
    public void RenameMember(Contact group, Contact person, string displayName)
    {
        ArgumentNullException.ThrowIfNull(group);
        lock (_world.Gate)
        {
            group.Members = [.. group.Members.Select(member => member.Person == person ? member with { DisplayName = displayName } : member)];
            Announce(group, ChangeList.Members);
        }

        Wake();
    }

    /// <summary>Finds a contact or group member by name. The caller holds the gate.</summary>
    internal Contact? FindPerson(string name) =>
        Find(name) ?? _contacts.SelectMany(contact => contact.Members).Select(member => member.Person).FirstOrDefault(person => person.NickName == name);

    /// <summary>Invites people to a group. They become members when they <see cref="Join">join</see>.</summary>
    internal void Invite(Contact group, IEnumerable<Contact> people)
    {
        lock (_world.Gate)
        {
            IEnumerable<Contact> members = group.Members.Select(member => member.Person);
            group.Invited = [.. group.Invited.Union(people.Except(members))];
        }
    }

    internal void ChangeMembers(Contact group, IReadOnlyCollection<Contact> added, IReadOnlyCollection<Contact> removed)
    {
        lock (_world.Gate)
        {
            IEnumerable<GroupMember> staying = group.Members.Where(m => !removed.Contains(m.Person) && !added.Contains(m.Person));
            group.Members = [.. staying, .. added.Select(person => new GroupMember(person))];
            Announce(group);
        }

        Wake();
    }

    internal void Add(WebSession session) => _sessions.Add(session);

    internal void Remove(WebSession session) => _sessions.Remove(session);

    /// <summary>Delivers the list of recent chats and the waiting messages to a new session.</summary>
    internal void DeliverPending(WebSession session)
    {
        new MessageComposer(this, _world.Media, new IncomingMessage { Kind = MessageKind.Status, StatusCode = 4 }).AddTo(session);
        while (_waiting.TryDequeue(out MessageComposer? message))
        {
            message.AddTo(session);
        }
    }

    /// <summary>Adds a new or changed contact to the change logs of the sessions. The caller holds the gate and wakes the polls.</summary>
    internal void Announce(Contact contact, ChangeList list = ChangeList.Contacts)
    {
        contact.Version++;
        foreach (WebSession session in _sessions)
        {
            session.ContactChanges.Add(new(contact, list, ContactJson.Changed(session, contact)));
        }
    }

    internal void Wake()
    {
        foreach (WebSession session in Sessions)
        {
            session.Changed.Pulse();
        }
    }

    internal Contact Add(Contact contact, bool isSilent = false)
    {
        lock (_world.Gate)
        {
            _contacts.Add(contact);
            if (!isSilent)
            {
                Announce(contact);
            }
        }

        Wake();
        return contact;
    }
}

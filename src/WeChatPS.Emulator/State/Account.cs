using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator;

/// <summary>A WeChat account: its address book, its groups, and what reaches it.</summary>
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

    /// <summary>The account's number; larger than 2^31.</summary>
    public long Uin { get; }

    /// <summary>The account's permanent id.</summary>
    public string Id => Me.Id;

    /// <summary>The account's nickname.</summary>
    public string NickName => Me.NickName;

    /// <summary>The account as a person, for membership in groups.</summary>
    public Contact Me { get; }

    /// <summary>The file helper, which takes everything.</summary>
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

    /// <summary>The sessions that are logged in now.</summary>
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

    /// <summary>Whom clients asked, in this account's name, to become a friend.</summary>
    public IReadOnlyList<FriendRequest> Asked => Requests.Asked;

    internal FriendRequests Requests { get; }

    internal IReadOnlyList<WebSession> LiveSessions => _sessions;

    internal IReadOnlyList<Contact> ContactList => _contacts;

    internal IReadOnlyList<Publication> Published => _published;

    /// <summary>Adds a friend; sessions that are logged in hear of it.</summary>
    public Contact AddFriend(string nickName, string remarkName = "") =>
        Add(new Contact("wxid_" + Ids.Hex(14), ContactKind.Friend, nickName)
        {
            RemarkName = remarkName, Sex = 2, Signature = "模拟联系人", Alias = "wx_" + Ids.Hex(6), Province = "上海", City = "浦东新区",
        });

    /// <summary>Adds an official account.</summary>
    public Contact AddOfficialAccount(string nickName) => Add(new Contact("gh_" + Ids.Hex(12), ContactKind.Official, nickName) { Certification = nickName + " <模拟认证>" });

    /// <summary>Lets an official account send articles, as one message: a login from then on is told of them.</summary>
    public void Publish(Contact officialAccount, params Article[] articles)
    {
        lock (_world.Gate)
        {
            _published.Add(new Publication(officialAccount, DateTimeOffset.UtcNow, articles));
        }
    }

    /// <summary>Adds a group; the account itself becomes a member.</summary>
    /// <param name="name">The group's topic.</param>
    /// <param name="members">The other members: friends, or people from <see cref="NewStranger"/>.</param>
    /// <param name="isSaved">Whether it is in the address book; otherwise it is known from the recent chats only.</param>
    /// <param name="isOwner">Whether the account made the group; otherwise the first of the others did.</param>
    /// <param name="isSilent">Whether clients are not told: they learn of it from its first message, or from a list of chats.</param>
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

    /// <summary>Somebody who is no friend and whom only a group makes known.</summary>
    /// <param name="nickName">The own name.</param>
    /// <param name="sex">0 where it is not stated, 1 male, 2 female.</param>
    /// <param name="province">As the other details, told only to those who say in which group they met.</param>
    /// <param name="city">The city.</param>
    /// <param name="signature">The line below the name.</param>
    public static Contact NewStranger(string nickName, int sex = 0, string province = "", string city = "", string signature = "") =>
        new("wxid_" + Ids.Hex(14), ContactKind.Stranger, nickName) { Sex = sex, Province = province, City = city, Signature = signature };

    /// <summary>Changes a contact's names, or the account's own; null leaves one as it is.</summary>
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

    /// <summary>The member of a group with this name there, id, remark or nickname.</summary>
    /// <exception cref="EmulatorException">There is none; the message lists the members.</exception>
    public static GroupMember Member(Contact group, string name)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Members.FirstOrDefault(m => m.DisplayName == name || m.Person.Id == name || m.Person.RemarkName == name || m.Person.NickName == name)
            ?? throw Unknown($"member of '{group}'", name, group.Members.Select(m => m.Person));
    }

    /// <summary>Makes the phone silent for a group, or not.</summary>
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

    /// <summary>Somebody joins a group. Clients are not told: they see it when the newcomer writes, or when they ask.</summary>
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

    /// <summary>Removes a contact from the address book; clients get it in DelContactList.</summary>
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

    /// <summary>The contact with this id, remark or nickname, in this order, or null.</summary>
    public Contact? Find(string name)
    {
        lock (_world.Gate)
        {
            return _contacts.Find(c => c.Id == name)
                ?? _contacts.Find(c => c.RemarkName == name)
                ?? _contacts.Find(c => c.NickName == name);
        }
    }

    /// <summary>The contact with this id, remark or nickname.</summary>
    /// <exception cref="EmulatorException">There is none; the message lists the names there are.</exception>
    public Contact Contact(string name) => Find(name) ?? throw Unknown("contact", name, Contacts);

    /// <summary>
    /// Lets a message reach the account. Every session gets it; while nobody is logged in it waits for the next login.
    /// </summary>
    /// <returns>Its MsgId.</returns>
    /// <exception cref="EmulatorException">It names somebody whom the scenario does not know.</exception>
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

    /// <summary>Lets a text reach the account.</summary>
    /// <param name="from">Who writes.</param>
    /// <param name="text">What.</param>
    /// <param name="group">In which group, or null for a private message.</param>
    /// <returns>Its MsgId.</returns>
    public string Deliver(string from, string text, string? group = null) =>
        Deliver(new IncomingMessage { From = from, Text = text, Group = group });

    /// <summary>The phone does something that only SyncCheckKey follows: polls report selector 7, fetches bring nothing.</summary>
    public void PhoneActivity() => Stir(_world, Sessions, selector: 7);

    internal static void Stir(World world, IEnumerable<WebSession> sessions, int selector)
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
        new($"no {what} is called '{name}'; there are: {string.Join(", ", known.Take(50).Select(c => c.ToString()))}");

    /// <summary>A message that the account received or sent. The caller holds the gate.</summary>
    internal QuotableMessage? FindQuotable(string msgId)
    {
        SentMessage? sent = _world.Sent.FindLast(message => message.MsgId == msgId && message.Session.Account == this);
        return sent is null ? _quotable.Find(msgId) : new(msgId, Me, sent.To.Kind == ContactKind.Group ? sent.To : Me, sent.MsgType, sent.Text);
    }

    /// <summary>A member goes; clients get the group with those who stay.</summary>
    public void Leave(Contact group, Contact person)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(person);
        ChangeMembers(group, [], [person]);
    }

    /// <summary>A member goes by another name in a group, where an empty one is none; clients get it in ModChatRoomMemberList.</summary>
    public void CallMember(Contact group, Contact person, string displayName)
    {
        ArgumentNullException.ThrowIfNull(group);
        lock (_world.Gate)
        {
            group.Members = [.. group.Members.Select(member => member.Person == person ? member with { DisplayName = displayName } : member)];
            Announce(group, ChangeList.Members);
        }

        Wake();
    }

    /// <summary>The contact with this name, or the member of a group who is none. The caller holds the gate.</summary>
    internal Contact? FindPerson(string name) =>
        Find(name) ?? _contacts.SelectMany(contact => contact.Members).Select(member => member.Person).FirstOrDefault(person => person.NickName == name);

    /// <summary>Invites people to a group: they are no members before they <see cref="Join">join</see>.</summary>
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

    /// <summary>Gives a new session the list of recent chats and what waited for it.</summary>
    internal void Greet(WebSession session)
    {
        new MessageComposer(this, _world.Media, new IncomingMessage { Kind = MessageKind.Status, StatusCode = 4 }).AddTo(session);
        while (_waiting.TryDequeue(out MessageComposer? message))
        {
            message.AddTo(session);
        }
    }

    /// <summary>Writes a new or changed contact into the sessions' histories. The caller holds the gate and wakes the polls.</summary>
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

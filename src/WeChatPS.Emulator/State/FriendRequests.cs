using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS.Emulator.State;

/// <summary>The friend requests to and from the account.</summary>
internal sealed class FriendRequests(Account account, object gate)
{
    private readonly List<Contact> _people = [];
    private readonly Dictionary<string, Contact> _open = new(StringComparer.Ordinal);
    private readonly List<FriendRequest> _asked = [];

    public IReadOnlyList<FriendRequest> Asked
    {
        get
        {
            lock (gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Gets the stranger with a name. The same name means the same person.</summary>
    public Contact Person(string name)
    {
        lock (gate)
        {
            Contact? person = _people.Find(c => c.NickName == name);
            if (person is null)
            {
                _people.Add(person = new Contact("wxid_" + Ids.Hex(14), ContactKind.Stranger, name)
                {
                    Sex = 1, Signature = "你好 & 😀", Alias = "wx_" + Ids.Hex(6), Province = "浙江", City = "杭州",
                });
            }

            return person;
        }
    }

    public void Open(string ticket, Contact person)
    {
        lock (gate)
        {
            _open[ticket] = person;
        }
    }

    /// <summary>Gets the person of an open friend request by its ticket.</summary>
    public Contact? OpenedBy(string? ticket)
    {
        lock (gate)
        {
            return ticket is null ? null : _open.GetValueOrDefault(ticket);
        }
    }

    /// <summary>Turns the person into a friend with a new user name, like on the real server.</summary>
    public void Accept(Contact person)
    {
        Close(person);
        Contact friend = account.AddFriend(person.NickName);
        account.Deliver(new IncomingMessage
        {
            Kind = MessageKind.System, From = friend.Id, Text = $"你已添加了{friend.NickName}，现在可以开始聊天了。",
        });
    }

    public void Deny(Contact person) => Close(person);

    public void Ask(Contact stranger, string greeting)
    {
        lock (gate)
        {
            _asked.Add(new(stranger, greeting));
        }
    }

    private void Close(Contact person)
    {
        lock (gate)
        {
            foreach (string ticket in _open.Where(pair => pair.Value == person).Select(pair => pair.Key).ToList())
            {
                _open.Remove(ticket);
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Whom the user names of earlier logins mean. User names are digests: those of different logins never meet.</summary>
internal sealed class EarlierNames
{
    private static readonly Dictionary<string, string> s_nobody = [];

    private readonly HashSet<string> _selves;
    private readonly HashSet<string> _whole;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    public EarlierNames(IReadOnlyCollection<LoginNames> logins)
    {
        _selves = new HashSet<string>(logins.Select(login => login.Self).Where(self => self.Length > 0), StringComparer.Ordinal);
        _whole = new HashSet<string>(logins.Where(login => !login.IsPartial).Select(login => login.Login), StringComparer.Ordinal);
        foreach (LoginNames login in logins)
        {
            foreach (KeyValuePair<string, string> pair in login.Ids) _ids[pair.Key] = pair.Value;
            foreach (KeyValuePair<string, string> pair in login.Members ?? s_nobody) _members[pair.Key] = pair.Value;
        }
    }

    /// <summary>Whether it was the account's own.</summary>
    public bool IsSelf(string userName) => _selves.Contains(userName);

    /// <summary>The id behind it; null where none is known.</summary>
    public string? IdOf(string userName) => _ids.TryGetValue(userName, out string? id) ? id : null;

    /// <summary>Whether somebody was certainly no contact in a login.</summary>
    public bool WasStranger(string userName, string login) => _whole.Contains(login) && !_ids.ContainsKey(userName);

    /// <summary>What a member of a group was called; null where it is not known. That says nothing about who is meant.</summary>
    public string? NameOf(string userName) => _members.TryGetValue(userName, out string? name) ? name : null;
}

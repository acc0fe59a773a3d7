using System;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>The contacts behind the user names of earlier logins. User names are digests, so those of different logins do not collide.</summary>
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

    /// <summary>Whether a user name was the account's own.</summary>
    public bool IsSelf(string userName) => _selves.Contains(userName);

    /// <summary>Gets the id for a user name; null if unknown.</summary>
    public string? IdOf(string userName) => _ids.TryGetValue(userName, out string? id) ? id : null;

    /// <summary>Whether a user name was certainly not a contact in a login.</summary>
    public bool WasStranger(string userName, string login) => _whole.Contains(login) && !_ids.ContainsKey(userName);

    /// <summary>Gets a group member's name; null if unknown. The name does not identify the person.</summary>
    public string? NameOf(string userName) => _members.TryGetValue(userName, out string? name) ? name : null;
}

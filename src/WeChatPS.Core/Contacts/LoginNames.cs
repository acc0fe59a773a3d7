using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS;

/// <summary>The meaning of the user names of one login, because its messages may be pending after the login has ended.</summary>
/// <param name="Login">The digest of the login.</param>
/// <param name="Self">The account's own user name.</param>
/// <param name="Ids">The ids (<see cref="WeChatContact.Id"/>) of contacts by user name.</param>
/// <param name="Members">The names of group members who are not contacts, by user name; null if none is needed.</param>
internal sealed record LoginNames(
    string Login, string Self, IReadOnlyDictionary<string, string> Ids, IReadOnlyDictionary<string, string>? Members = null)
{
    /// <summary>Whether contacts may be missing, so that a missing user name does not prove a stranger.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Gets the form of a login in files.</summary>
    public static string Digest(ulong login) => login.ToString("x16", CultureInfo.InvariantCulture);
}

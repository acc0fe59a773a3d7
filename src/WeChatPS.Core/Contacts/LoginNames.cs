using System.Collections.Generic;
using System.Globalization;

namespace WeChatPS;

/// <summary>Who was meant by the user names of one login: messages that it fetched may wait longer than it lasts.</summary>
/// <param name="Login">A digest of the login.</param>
/// <param name="Self">The account's own user name.</param>
/// <param name="Ids">The ids (<see cref="WeChatContact.Id"/>) of contacts by user name.</param>
/// <param name="Members">What people are called who are met in groups alone, by user name; null where nobody has to be named.</param>
internal sealed record LoginNames(
    string Login, string Self, IReadOnlyDictionary<string, string> Ids, IReadOnlyDictionary<string, string>? Members = null)
{
    /// <summary>Whether contacts may be missing: who is not named here may have been one all the same.</summary>
    public bool IsPartial { get; init; }

    /// <summary>How files write which login it is.</summary>
    public static string Digest(ulong login) => login.ToString("x16", CultureInfo.InvariantCulture);
}

using System;
using System.Globalization;
using System.Text;

namespace WeChatPS.Web;

/// <summary>Builds an address from a base, a path, and escaped parameters in the order of their addition.</summary>
internal sealed class WireQuery(Uri authority, string path)
{
    private readonly StringBuilder _address = new StringBuilder(authority.GetLeftPart(UriPartial.Authority)).Append(path);
    private bool _hasQuery = path.IndexOf('?') >= 0;

    public WireQuery Add(string name, string value)
    {
        _address.Append(_hasQuery ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _hasQuery = true;
        return this;
    }

    public WireQuery Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds the language and the pass ticket, as in every API call. The ticket is already encoded and is encoded once more, like in other clients.</summary>
    public WireQuery AddTicket(WebCredentials credentials) => Add("lang", "zh_CN").Add("pass_ticket", credentials.PassTicket);

    public Uri ToUri() => new(_address.ToString(), UriKind.Absolute);
}

using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace WeChatPS.Web;

/// <summary>What a session proves itself with, beside its cookies. All of it is secret.</summary>
/// <param name="Uin">The account's number; larger than an Int32.</param>
/// <param name="Sid">The session's id (<c>wxsid</c>).</param>
/// <param name="Skey">Signs every request; the server replaces it now and then.</param>
/// <param name="PassTicket">As the login page wrote it, percent-encoded.</param>
/// <param name="DeviceId"><c>e</c> and 15 digits, one for the life of a session.</param>
internal sealed record WebCredentials(long Uin, string Sid, string Skey, string PassTicket, string DeviceId)
{
    public string UinText => Uin.ToString(CultureInfo.InvariantCulture);

    private const int DeviceDigits = 15;

    /// <summary>Whether a text has the shape of a device id.</summary>
    public static bool IsDeviceId(string text) =>
        text.Length == 1 + DeviceDigits && text[0] == 'e' && text.Skip(1).All(c => c is >= '0' and <= '9');

    /// <summary>A new random device id.</summary>
    public static string NewDeviceId()
    {
        byte[] random = new byte[DeviceDigits];
        using (var source = RandomNumberGenerator.Create())
            source.GetBytes(random);
        char[] id = new char[1 + DeviceDigits];
        id[0] = 'e';
        for (int at = 0; at < DeviceDigits; at++)
            id[at + 1] = (char)('0' + (random[at] % 10));
        return new string(id);
    }

    /// <summary>These, with the key that a reply brought; unchanged when it brought none.</summary>
    public WebCredentials WithSkey(string skey) => skey.Length == 0 || skey == Skey ? this : this with { Skey = skey };

    // records print their properties
    public override string ToString() => "(credentials)";
}

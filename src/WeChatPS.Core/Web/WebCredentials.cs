using System.Globalization;
using System.Linq;
using System.Security.Cryptography;

namespace WeChatPS.Web;

/// <summary>The credentials of a session, in addition to its cookies. All values are secrets.</summary>
/// <param name="Uin">The account's number, larger than an Int32.</param>
/// <param name="Sid">The session's id (<c>wxsid</c>).</param>
/// <param name="Skey">The key in every request. The server occasionally replaces it.</param>
/// <param name="PassTicket">The ticket as in the login page, percent-encoded.</param>
/// <param name="DeviceId"><c>e</c> and 15 digits, constant for a session.</param>
internal sealed record WebCredentials(long Uin, string Sid, string Skey, string PassTicket, string DeviceId)
{
    public string UinText => Uin.ToString(CultureInfo.InvariantCulture);

    /// <summary>The longest skey that is taken from a response, in characters. Real ones have 48 (<c>@crypt_</c> and two hexadecimal numbers), and every address carries it.</summary>
    public const int MaxSkey = 256;

    private const int DeviceDigits = 15;

    /// <summary>Whether a text has the form of a device id.</summary>
    public static bool IsDeviceId(string text) =>
        text.Length == 1 + DeviceDigits && text[0] == 'e' && text.Skip(1).All(c => c is >= '0' and <= '9');

    /// <summary>Creates a random device id.</summary>
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

    /// <summary>Gets the credentials with the skey of a response; unchanged for a text that is none: empty, too long, or with characters that no address has.</summary>
    public WebCredentials WithSkey(string skey) =>
        skey.Length is 0 or > MaxSkey || skey == Skey || !skey.All(c => c is > ' ' and <= '~') ? this : this with { Skey = skey };

    // A record would print its properties.
    public override string ToString() => "(credentials)";
}

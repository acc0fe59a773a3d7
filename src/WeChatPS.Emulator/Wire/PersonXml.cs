using System.Globalization;

namespace WeChatPS.Emulator.Wire;

/// <summary>The XML of name cards and friend requests, without the escapes of the wire.</summary>
internal static class PersonXml
{
    private const int FromSearch = 6;
    private const int FromGroup = 14;
    private const int FromCard = 17;

    /// <summary>Gets the number of the source of a friend request.</summary>
    public static int SceneOf(Contact? group, Contact? sharer) => group is not null ? FromGroup : sharer is not null ? FromCard : FromSearch;

    public static string Card(Contact person) =>
        $"<?xml version=\"1.0\"?>\n<msg {Pictures(person)} username=\"{person.Id}\" nickname=\"{Value(person.NickName)}\" shortpy=\"\" {About(person)} "
        + $"imagestatus=\"3\" scene=\"17\" certflag=\"{Flag(person)}\" certinfo=\"{Value(person.Certification)}\" />\n";

    /// <param name="person">The person who sends the request.</param>
    /// <param name="greeting">The greeting.</param>
    /// <param name="ticket">The ticket for accepting or rejecting the request.</param>
    /// <param name="group">The group in which the person found the account, or null.</param>
    /// <param name="sharer">The person who shared the account's name card, or null.</param>
    public static string FriendRequest(Contact person, string greeting, string ticket, Contact? group, Contact? sharer) =>
        $"<msg fromusername=\"{person.Id}\" encryptusername=\"v1_{person.Id}@stranger\" fromnickname=\"{Value(person.NickName)}\" "
        + $"content=\"{Value(greeting)}\" shortpy=\"\" imagestatus=\"3\" scene=\"{Number(SceneOf(group, sharer))}\" country=\"CN\" {About(person)} "
        + $"percard=\"0\" weibo=\"\" snsflag=\"0\" {Pictures(person)} ticket=\"{ticket}\" opcode=\"2\" "
        + $"chatroomusername=\"{group?.Id}\" sourceusername=\"{sharer?.Id}\" sourcenickname=\"{Value(sharer?.NickName)}\" "
        + $"sharecardusername=\"{sharer?.Id}\" sharecardnickname=\"{Value(sharer?.NickName)}\" cardversion=\"0\">"
        + "<brandlist count=\"0\" ver=\"680000000\"></brandlist></msg>";

    public static string Suggestion(Contact person) =>
        $"<msg fromusername=\"{person.Id}\" encryptusername=\"v1_{person.Id}@stranger\" fromnickname=\"{Value(person.NickName)}\" fullpy=\"\" shortpy=\"\" "
        + $"imagestatus=\"3\" scene=\"3\" mobileidentify=\"\" mobilelongidentify=\"\" {About(person)} {Pictures(person)} />";

    private static string About(Contact person) =>
        $"alias=\"{Value(person.Alias)}\" province=\"{Value(person.Province)}\" city=\"{Value(person.City)}\" sign=\"{Value(person.Signature)}\" sex=\"{Number(person.Sex)}\"";

    private static string Pictures(Contact person) =>
        $"bigheadimgurl=\"https://example.com/heads/{person.Id}/0\" smallheadimgurl=\"https://example.com/heads/{person.Id}/132\"";

    private static int Flag(Contact person) => person.Kind == ContactKind.Official ? 8 : 0;

    private static string Value(string? text) => WireText.XmlValue(text ?? "");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

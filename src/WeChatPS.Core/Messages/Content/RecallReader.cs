using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the id of a recalled message.</summary>
internal static class RecallReader
{
    /// <summary>Gets the message id; empty for this account's last message.</summary>
    public static string MessageId(XElement? command)
    {
        string id = command.Text("revokemsg", "msgid");
        return id == "0" ? "" : id;
    }
}

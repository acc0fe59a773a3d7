using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads which message was taken back.</summary>
internal static class RecallReader
{
    /// <summary>The id of the message; empty for this account's last one.</summary>
    public static string MessageId(XElement? command)
    {
        string id = command.Text("revokemsg", "msgid");
        return id == "0" ? "" : id;
    }
}

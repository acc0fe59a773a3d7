using System.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the messages of a chat history, which is XML inside XML.</summary>
internal static class ChatHistoryReader
{
    private const int Most = 1000;

    public static ChatHistoryItem[] Items(string record) =>
    [
        .. (WireXml.Parse(record)?.Element("datalist")?.Elements("dataitem") ?? [])
            .Take(Most)
            .Select(item => new ChatHistoryItem(
                item.Verbatim("sourcename"),
                item.Text("sourcetime"),
                item.Verbatim("datadesc") is { Length: > 0 } text ? text : item.Verbatim("datatitle"))),
    ];
}

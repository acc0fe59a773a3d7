using System.Linq;
using System.Text;
using System.Xml.Linq;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Finds the sentence in a system command.</summary>
internal static class SystemCommandReader
{
    // The elements that may contain the sentence, the most certain first.
    private static readonly string[] s_places = ["replacemsg", "template", "plain", "text", "content", "title"];

    /// <summary>Gets the sentence; empty without one.</summary>
    public static string Text(XElement? command)
    {
        foreach (string place in s_places)
        {
            foreach (XElement element in command?.Descendants(place) ?? [])
            {
                if (!element.HasElements && element.Value.Trim() is { Length: > 0 } text)
                    return place == "template" ? Filled(text, element.Parent?.Element("link_list")) : text;
            }
        }
        return "";
    }

    /// <summary><c>"$username$"邀请"$names$"加入了群聊</c> with the names inserted. Names are inserted only once, because a name may look like a placeholder.</summary>
    private static string Filled(string template, XElement? links)
    {
        if (links is null)
            return template;
        var result = new StringBuilder(template.Length);
        string[] parts = template.Split('$');
        for (int at = 0; at < parts.Length; at++)
        {
            XElement? link = at > 0 && at + 1 < parts.Length ? links.Elements("link").FirstOrDefault(one => one.AttributeText("name") == parts[at]) : null;
            if (link is null)
            {
                result.Append(at > 0 ? "$" : "").Append(parts[at]);
                continue;
            }
            string separator = link.Verbatim("separator");
            string names = string.Join(
                separator.Length > 0 ? separator : "、", link.Elements("memberlist").Elements("member").Select(member => member.Verbatim("nickname")));
            result.Append(names.Length > 0 ? names : link.Verbatim("title")).Append(parts[++at]);
        }
        return result.ToString();
    }
}

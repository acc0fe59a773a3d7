using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace WeChatPS.Web;

/// <summary>Reads XML that strangers wrote: no DTD, nothing resolved, bounded in size and depth.</summary>
internal static class WireXml
{
    private const int MaxCharacters = 1 << 20;
    private const int MaxDepth = 64;
    private const int MaxAttributes = 256;

    // what XML calls white space; U+2005, which ends an @name, is text
    private static readonly char[] s_whiteSpace = [' ', '\t', '\r', '\n'];

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        MaxCharactersFromEntities = 1024,
        // messages have line breaks and more behind their element
        ConformanceLevel = ConformanceLevel.Fragment,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The first element of a text; null when there is none that can be read.</summary>
    public static XElement? Parse(string text)
    {
        int start = text.IndexOf('<');
        if (start < 0 || text.Length - start > MaxCharacters)
            return null;
        try
        {
            using var source = new StringReader(text.Substring(start));
            using var reader = XmlReader.Create(source, s_settings);
            return reader.MoveToContent() == XmlNodeType.Element ? Read(reader) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The text of the first child (or child's child …) that <paramref name="names"/> lead to, without white space around it; empty when there is none.</summary>
    public static string Text(this XElement? element, params string[] names) => element.Verbatim(names).Trim(s_whiteSpace);

    /// <summary>The same, as it was written: what people wrote may begin or end in white space.</summary>
    public static string Verbatim(this XElement? element, params string[] names)
    {
        foreach (string name in names)
            element = element?.Element(name);
        return element?.Value ?? "";
    }

    /// <summary>An attribute's value; empty when there is none.</summary>
    public static string AttributeText(this XElement? element, string name) => (string?)element?.Attribute(XName.Get(name)) ?? "";

    /// <summary>An element as XML that everybody can read: for characters that XML does not allow there is U+FFFD. The element is used up.</summary>
    public static string Write(XElement element)
    {
        foreach (XElement one in element.DescendantsAndSelf())
        {
            foreach (XAttribute attribute in one.Attributes())
                attribute.Value = Legal(attribute.Value);
            foreach (XText text in one.Nodes().OfType<XText>())
                text.Value = Legal(text.Value);
        }
        return element.ToString(SaveOptions.DisableFormatting);
    }

    private static string Legal(string text) => WireText.Mended(text, XmlConvert.IsXmlChar);

    // builds the tree without recursion, so that depth costs no stack
    private static XElement Read(XmlReader reader)
    {
        XElement root = Start(reader);
        XElement? parent = reader.IsEmptyElement ? null : root;
        while (parent is not null && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth > MaxDepth)
                        throw new XmlException("The XML is nested too deeply.");
                    XElement child = Start(reader);
                    parent.Add(child);
                    if (!reader.IsEmptyElement)
                        parent = child;
                    break;
                case XmlNodeType.EndElement:
                    parent = parent.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    parent.Add(new XText(reader.Value));
                    break;
            }
        }
        return parent is null ? root : throw new XmlException("The XML is cut short.");
    }

    private static XElement Start(XmlReader reader)
    {
        if (reader.AttributeCount > MaxAttributes)
            throw new XmlException("The XML has too many attributes.");
        var element = new XElement(XName.Get(reader.LocalName));
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI.Length == 0)
                element.SetAttributeValue(XName.Get(reader.LocalName), reader.Value);
        }
        reader.MoveToElement();
        return element;
    }
}

using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace WeChatPS.Web;

/// <summary>Reads untrusted XML: without DTD and external resources, with limits for size and depth.</summary>
internal static class WireXml
{
    private const int MaxCharacters = 1 << 20;
    private const int MaxDepth = 64;
    private const int MaxAttributes = 256;

    // White space in XML. U+2005 is text, because it ends an @name.
    private static readonly char[] s_whiteSpace = [' ', '\t', '\r', '\n'];

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        MaxCharactersFromEntities = 1024,
        // Messages may have line breaks and other content after the element.
        ConformanceLevel = ConformanceLevel.Fragment,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Parses the first element of a text; null when it cannot be read.</summary>
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

    /// <summary>Gets the trimmed text of the descendant at the path <paramref name="names"/>; empty if there is none.</summary>
    public static string Text(this XElement? element, params string[] names) => element.Verbatim(names).Trim(s_whiteSpace);

    /// <summary>Gets the text without trimming, because text from people may begin or end in white space.</summary>
    public static string Verbatim(this XElement? element, params string[] names)
    {
        foreach (string name in names)
            element = element?.Element(name);
        return element?.Value ?? "";
    }

    /// <summary>Gets an attribute's value; empty if there is none.</summary>
    public static string AttributeText(this XElement? element, string name) => (string?)element?.Attribute(XName.Get(name)) ?? "";

    /// <summary>Writes an element as valid XML, with U+FFFD for characters that XML does not allow. The element is modified.</summary>
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

    private static string Legal(string text) => WireText.ReplaceInvalid(text, XmlConvert.IsXmlChar);

    // Builds the tree without recursion, so that depth needs no stack.
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

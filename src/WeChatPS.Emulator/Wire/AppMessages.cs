using System;
using System.Globalization;
using System.Linq;
using static WeChatPS.Emulator.Wire.AppXml;

namespace WeChatPS.Emulator.Wire;

/// <summary>Creates the XML of app messages.</summary>
internal static class AppMessages
{
    private const string FileAppId = "wx6618f1cfc6c132f8";

    /// <param name="message">The message.</param>
    /// <param name="type">The AppMsgType.</param>
    /// <param name="data">The bytes of the file.</param>
    /// <param name="mediaId">The MediaId for the download.</param>
    /// <param name="quoted">The quoted message.</param>
    public static AppXml Of(IncomingMessage message, int type, ReadOnlySpan<byte> data, string mediaId, QuotableMessage? quoted) => message.Kind switch
    {
        MessageKind.File => new(type, message.FileName)
        {
            AppId = FileAppId, AppName = "微信电脑版", Length = data.Length, AttachmentId = mediaId, Extension = Extension(message.FileName),
        },
        MessageKind.Music => new(type, message.Title) { Description = message.Text, Url = message.Url, DataUrl = message.Url },
        MessageKind.MiniProgram => new(type, message.Title)
        {
            Source = message.Text,
            More = $"<weappinfo>{Element("pagepath", message.Url)}<username></username><appid></appid><type>2</type></weappinfo>",
        },
        MessageKind.Quote => new(type, message.Text) { More = Reference(quoted!) },
        MessageKind.ChatHistory => new(type, message.Title.Length > 0 ? message.Title : "群聊的聊天记录")
        {
            Description = message.Text, Record = Record(message.Text),
        },
        MessageKind.Transfer => Transfer(message, type),
        MessageKind.RedPacket => new(type, message.Text) { Description = "我给你发了一个红包，赶紧去拆!" },
        MessageKind.LiveLocation => new(type, "我发起了位置共享"),
        _ => new(type, message.Title)
        {
            Description = message.Text, Url = message.Url, Length = data.Length, EmoticonMd5 = data.IsEmpty ? "" : FileDigest.Of(data),
        },
    };

    /// <summary>Its texts are CDATA, as AutoAccounting #626 quotes one.</summary>
    private static AppXml Transfer(IncomingMessage message, int type)
    {
        string amount = message.Amount.ToString("0.00", CultureInfo.InvariantCulture);
        return new(type, "微信转账")
        {
            IsCData = true,
            Description = $"收到转账{amount}元。如需收钱，请点此升级至最新版本",
            More = $"<wcpayinfo><paysubtype>1</paysubtype>{CData("feedesc", "￥" + amount)}<transcationid></transcationid><transferid></transferid>"
                + $"<effectivedate>1</effectivedate>{CData("pay_memo", message.Text)}</wcpayinfo>",
        };
    }

    private static string Reference(QuotableMessage quoted) =>
        $"<refermsg>{Element("type", quoted.Type.ToString(CultureInfo.InvariantCulture))}{Element("svrid", quoted.MsgId)}"
        + Element("fromusr", quoted.Chat.Id) + Element("chatusr", quoted.Author.Id) + Element("displayname", quoted.Author.NickName)
        + Element("content", quoted.Content) + "</refermsg>";

    /// <summary>XML inside XML: a line <c>name: text</c> becomes a message of that person.</summary>
    private static string Record(string lines)
    {
        string[] said = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string time = DateTime.Now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"<recordinfo>{Element("desc", lines)}<datalist count=\"{said.Length.ToString(CultureInfo.InvariantCulture)}\">"
            + string.Concat(said.Select(line => Said(line, time))) + "</datalist></recordinfo>";
    }

    private static string Said(string line, string time)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        (string name, string text) = colon < 0 ? ("", line) : (line[..colon], line[(colon + 2)..]);
        return $"<dataitem datatype=\"1\">{Element("datadesc", text)}{Element("sourcename", name)}{Element("sourcetime", time)}</dataitem>";
    }

    private static string Extension(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[(dot + 1)..];
    }
}

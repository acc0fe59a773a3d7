using System.Collections.Generic;
using System.Globalization;
using System.Security;

namespace WeChatPS.Web;

/// <summary>The content of an outgoing message, without a recipient. One body can be sent to several recipients.</summary>
/// <param name="Endpoint">The endpoint for this type of message.</param>
/// <param name="Type">The message's type number (<c>Type</c>).</param>
internal sealed record MessageBody(string Endpoint, int Type)
{
    private const string TextEndpoint = "webwxsendmsg";
    private const string ImageEndpoint = "webwxsendmsgimg";
    private const string VideoEndpoint = "webwxsendvideomsg";
    private const string EmoticonEndpoint = "webwxsendemoticon";
    private const string AppEndpoint = "webwxsendappmsg";

    // The app id of file messages (openwechat's global.go).
    private const string FileAppId = "wxeb7ec651dd0aefa9";

    // The official web client's MsgType constants (openwechat's global.go). A sent file has the app message type 6.
    private const int TextType = 1;
    private const int ImageType = 3;
    private const int FileType = 6;
    private const int VideoType = 43;
    private const int EmoticonType = 47;
    private const int LocationType = 48;

    /// <summary>The text, or the XML of another type.</summary>
    public string Content { get; init; } = "";

    /// <summary>The media id from an upload; otherwise empty.</summary>
    public string MediaId { get; init; } = "";

    /// <summary>The MD5 of a sticker that the server knows; otherwise empty.</summary>
    public string EmoticonMd5 { get; init; } = "";

    /// <summary>The signature from the upload of a large file; otherwise empty.</summary>
    public string Signature { get; init; } = "";

    /// <summary>The user names of the group members to notify. Their <c>@name</c> must be in the text as well.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Whether the message is forwarded.</summary>
    public bool IsForwarded { get; init; }

    public bool IsEmoticon => Type == EmoticonType;

    /// <summary>The query of the endpoint, without the pass ticket.</summary>
    public string Query => Endpoint switch
    {
        TextEndpoint => "",
        EmoticonEndpoint => "?fun=sys",
        _ => "?fun=async&f=json",
    };

    /// <summary>Creates a text message, with Unicode emoji and line feeds.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.EmptyMessage"/>: the text is empty.</exception>
    public static MessageBody Text(string text) => text.Length > 0
        ? new MessageBody(TextEndpoint, TextType) { Content = WireText.WellFormed(text.Replace("\r\n", "\n")) }
        : throw new WeChatException(WeChatErrorReason.EmptyMessage, "The message was not sent: the text is empty.");

    public static MessageBody Image(string mediaId) => new(ImageEndpoint, ImageType) { MediaId = mediaId };

    public static MessageBody Video(string mediaId) => new(VideoEndpoint, VideoType) { MediaId = mediaId };

    public static MessageBody Emoticon(string mediaId) => new(EmoticonEndpoint, EmoticonType) { MediaId = mediaId };

    /// <param name="name">The name that the recipient sees.</param>
    /// <param name="size">The size in bytes.</param>
    /// <param name="mediaId">The media id from the upload.</param>
    public static MessageBody File(string name, long size, string mediaId)
    {
        int dot = name.LastIndexOf('.');
        return new MessageBody(AppEndpoint, FileType)
        {
            Content = $"<appmsg appid='{FileAppId}' sdkver=''><title>{Escape(name)}</title><des></des><action></action><type>{FileType}</type>"
                + "<content></content><url></url><lowurl></lowurl><appattach>"
                + $"<totallen>{size.ToString(CultureInfo.InvariantCulture)}</totallen><attachid>{Escape(mediaId)}</attachid>"
                + $"<fileext>{Escape(dot < 0 ? "" : name.Substring(dot + 1))}</fileext></appattach><extinfo></extinfo></appmsg>",
        };
    }

    /// <summary>Creates a forwarded image or video from the XML of the original message.</summary>
    public static MessageBody ForwardedImage(string xml) => new(ImageEndpoint, ImageType) { Content = xml };

    /// <inheritdoc cref="ForwardedImage"/>
    public static MessageBody ForwardedVideo(string xml) => new(VideoEndpoint, VideoType) { Content = xml };

    /// <summary>Creates a sticker message with the MD5 of a sticker that the server knows.</summary>
    public static MessageBody KnownEmoticon(string md5) => new(EmoticonEndpoint, EmoticonType) { EmoticonMd5 = md5 };

    public static MessageBody Location(string xml) => new(TextEndpoint, LocationType) { Content = xml };

    /// <summary>Creates a forwarded app message, such as a file or link.</summary>
    /// <param name="type">The app message's type number.</param>
    /// <param name="xml">The <c>appmsg</c> element.</param>
    public static MessageBody App(int type, string xml) => new(AppEndpoint, type) { Content = xml };

    private static string Escape(string text) => SecurityElement.Escape(text);
}

using System.Collections.Generic;
using System.Globalization;
using System.Security;

namespace WeChatPS.Web;

/// <summary>What a message says, whoever gets it: one body may go to several receivers.</summary>
/// <param name="Endpoint">The endpoint that takes messages of this kind.</param>
/// <param name="Type">The kind's number there.</param>
internal sealed record MessageBody(string Endpoint, int Type)
{
    private const string TextEndpoint = "webwxsendmsg";
    private const string ImageEndpoint = "webwxsendmsgimg";
    private const string VideoEndpoint = "webwxsendvideomsg";
    private const string EmoticonEndpoint = "webwxsendemoticon";
    private const string AppEndpoint = "webwxsendappmsg";

    private const string FileAppId = "wxeb7ec651dd0aefa9";

    private const int TextType = 1;
    private const int ImageType = 3;
    private const int FileType = 6;
    private const int VideoType = 43;
    private const int EmoticonType = 47;
    private const int LocationType = 48;

    /// <summary>The text, or the XML of something that is no text.</summary>
    public string Content { get; init; } = "";

    /// <summary>What an upload was given; empty for everything else.</summary>
    public string MediaId { get; init; } = "";

    /// <summary>The picture that the server knows by its digest; empty for everything else.</summary>
    public string EmoticonMd5 { get; init; } = "";

    /// <summary>The permission under which a large file was uploaded; mostly none.</summary>
    public string Signature { get; init; } = "";

    /// <summary>User names of the group's members to notify; their <c>@name</c> has to be in the text as well.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Whether it was somebody's message before.</summary>
    public bool IsForwarded { get; init; }

    public bool IsEmoticon => Type == EmoticonType;

    /// <summary>What its endpoint wants in the query, besides the ticket.</summary>
    public string Query => Endpoint switch
    {
        TextEndpoint => "",
        EmoticonEndpoint => "?fun=sys",
        _ => "?fun=async&f=json",
    };

    /// <summary>A text, with real emoji and line feeds.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.EmptyMessage"/>.</exception>
    public static MessageBody Text(string text) => text.Length > 0
        ? new MessageBody(TextEndpoint, TextType) { Content = WireText.WellFormed(text.Replace("\r\n", "\n")) }
        : throw new WeChatException(WeChatErrorReason.EmptyMessage, "There is nothing to send: the text is empty.");

    public static MessageBody Image(string mediaId) => new(ImageEndpoint, ImageType) { MediaId = mediaId };

    public static MessageBody Video(string mediaId) => new(VideoEndpoint, VideoType) { MediaId = mediaId };

    public static MessageBody Emoticon(string mediaId) => new(EmoticonEndpoint, EmoticonType) { MediaId = mediaId };

    /// <param name="name">The name that the receiver sees.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="mediaId">What the upload was given.</param>
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

    /// <summary>A picture or a video that somebody sent, by the XML it came with.</summary>
    public static MessageBody ForwardedImage(string xml) => new(ImageEndpoint, ImageType) { Content = xml };

    /// <inheritdoc cref="ForwardedImage"/>
    public static MessageBody ForwardedVideo(string xml) => new(VideoEndpoint, VideoType) { Content = xml };

    /// <summary>A picture that the server knows.</summary>
    public static MessageBody KnownEmoticon(string md5) => new(EmoticonEndpoint, EmoticonType) { EmoticonMd5 = md5 };

    public static MessageBody Location(string xml) => new(TextEndpoint, LocationType) { Content = xml };

    /// <summary>A file, a link or the like that somebody sent.</summary>
    /// <param name="type">Its kind among the messages of apps.</param>
    /// <param name="xml">Its <c>appmsg</c> element.</param>
    public static MessageBody App(int type, string xml) => new(AppEndpoint, type) { Content = xml };

    private static string Escape(string text) => SecurityElement.Escape(text);
}

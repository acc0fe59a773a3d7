using System;
using System.Globalization;

namespace WeChatPS.Emulator.Wire;

/// <summary>One item of AddMsgList. The defaults are the server's values for a plain text.</summary>
internal sealed record MessageItem
{
    public required long Id { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int Type { get; init; }

    public string Content { get; init; } = "";

    public int Status { get; init; } = 3;

    public int ImgStatus { get; init; } = 1;

    public long CreateTime { get; init; } = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public int VoiceLength { get; init; }

    public int PlayLength { get; init; }

    public string FileName { get; init; } = "";

    public string FileSize { get; init; } = "";

    public string MediaId { get; init; } = "";

    public string Url { get; init; } = "";

    public int AppMsgType { get; init; }

    public string AppId { get; init; } = "";

    public int StatusNotifyCode { get; init; }

    public string StatusNotifyUserName { get; init; } = "";

    public Recommendation Recommend { get; init; } = Recommendation.None;

    public bool HasProductId { get; init; }

    public int ImgHeight { get; init; }

    public int ImgWidth { get; init; }

    public int SubMsgType { get; init; }

    public string OriContent { get; init; } = "";

    public string EncryFileName { get; init; } = "";

    /// <summary>The RecommendInfo of a name card or friend request.</summary>
    /// <param name="Person">The person; null for an empty value.</param>
    /// <param name="UserName">The person's user name in the session.</param>
    /// <param name="Scene">The number of the source.</param>
    public sealed record Recommendation(Contact? Person, string UserName, int Scene)
    {
        public static Recommendation None { get; } = new(null, "", 0);

        public string Content { get; init; } = "";

        public string Ticket { get; init; } = "";

        public int OpCode { get; init; }
    }

    public byte[] ToJson()
    {
        var json = new ServerJsonWriter();
        json.BeginObject();
        json.String("MsgId", Id.ToString(CultureInfo.InvariantCulture));
        json.String("FromUserName", From);
        json.String("ToUserName", To);
        json.Number("MsgType", Type);
        json.String("Content", Content);
        json.Number("Status", Status);
        json.Number("ImgStatus", ImgStatus);
        json.Number("CreateTime", CreateTime);
        json.Number("VoiceLength", VoiceLength);
        json.Number("PlayLength", PlayLength);
        json.String("FileName", FileName);
        json.String("FileSize", FileSize);
        json.String("MediaId", MediaId);
        json.String("Url", Url);
        json.Number("AppMsgType", AppMsgType);
        json.Number("StatusNotifyCode", StatusNotifyCode);
        json.String("StatusNotifyUserName", StatusNotifyUserName);
        WriteRecommendation(json);
        json.Number("ForwardFlag", 0);
        json.BeginObject("AppInfo");
        json.String("AppID", AppId);
        json.Number("Type", 0);
        json.EndObject();
        json.Number("HasProductId", HasProductId ? 1 : 0);
        json.String("Ticket", "");
        json.Number("ImgHeight", ImgHeight);
        json.Number("ImgWidth", ImgWidth);
        json.Number("SubMsgType", SubMsgType);
        json.Number("NewMsgId", Id);
        json.String("OriContent", OriContent);
        json.String("EncryFileName", EncryFileName);
        json.EndObject();
        return json.ToArray();
    }

    private void WriteRecommendation(ServerJsonWriter json)
    {
        Contact? person = Recommend.Person;
        json.BeginObject("RecommendInfo");
        json.String("UserName", Recommend.UserName);
        json.String("NickName", WireText.Name(person?.NickName ?? ""));
        json.Number("QQNum", 0);
        json.String("Province", WireText.Name(person?.Province ?? ""));
        json.String("City", WireText.Name(person?.City ?? ""));
        json.String("Content", Recommend.Content);
        json.String("Signature", WireText.Name(person?.Signature ?? ""));
        json.String("Alias", person?.Alias ?? "");
        json.Number("Scene", Recommend.Scene);
        json.Number("VerifyFlag", person?.Kind == ContactKind.Official ? 8 : 0);
        json.Number("AttrStatus", 0);
        json.Number("Sex", person?.Sex ?? 0);
        json.String("Ticket", Recommend.Ticket);
        json.Number("OpCode", Recommend.OpCode);
        json.EndObject();
    }
}

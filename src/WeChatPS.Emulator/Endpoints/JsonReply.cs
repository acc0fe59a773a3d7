using System;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>JSON responses with the headers of the real server.</summary>
internal static class JsonReply
{
    public static HttpReply Refusal(int ret, string words) => Of(_ => { }, ret, words);

    /// <summary>Creates a response with BaseResponse and further members.</summary>
    public static HttpReply Of(Action<ServerJsonWriter> members, int ret = 0, string words = "")
    {
        var json = new ServerJsonWriter();
        json.BeginObject();
        json.BeginObject("BaseResponse");
        json.Number("Ret", ret);
        json.String("ErrMsg", words);
        json.EndObject();
        members(json);
        json.EndObject();
        var reply = new HttpReply { Body = json.Pieces(), MayCompress = true, Ret = ret };
        return reply.With("Content-Type", "text/plain").With("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
    }
}

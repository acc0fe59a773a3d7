using System;
using WeChatPS.Http;

namespace WeChatPS.Web;

/// <summary>Reads the bodies of responses.</summary>
internal static class ReplyReading
{
    // The first HTTP status that is an error.
    private const int FirstError = 400;

    /// <summary>Parses the body. An error page is no valid body, so its HTTP status is the problem that the user sees.</summary>
    /// <exception cref="WireReplyException">The response is invalid.</exception>
    public static T Read<T>(this WireReply reply, WireRequest request, Func<ReadOnlyMemory<byte>, T> parse)
    {
        try
        {
            return parse(reply.Body);
        }
        catch (WireReplyException) when (reply.Status >= FirstError)
        {
            throw new WireReplyException(request.Endpoint, $"HTTP status {reply.Status}", reply.Body.Span);
        }
    }
}

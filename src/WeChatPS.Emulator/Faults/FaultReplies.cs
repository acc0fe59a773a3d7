using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Emulator.Endpoints;
using WeChatPS.Emulator.Http;

namespace WeChatPS.Emulator.Faults;

/// <summary>The faults of the transport, which replace or change a response.</summary>
internal static class FaultReplies
{
    private const string Page = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n";

    /// <summary>Gets the response that replaces the endpoint's, or null.</summary>
    public static async Task<HttpReply?> ReplacementAsync(Fault fault, Endpoint endpoint, CancellationToken gone)
    {
        switch (fault.Kind)
        {
            case FaultKind.Reset:
                return new HttpReply { Delivery = ReplyDelivery.Reset };
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return new HttpReply { Delivery = ReplyDelivery.Nothing };
            case FaultKind.Empty:
                return HttpReply.Of("text/plain", ReadOnlyMemory<byte>.Empty);
            case FaultKind.Html:
                return HttpReply.Plain(200, Page);
            case FaultKind.Status:
                return new HttpReply { Status = fault.Code ?? 503 };
            case FaultKind.ZeroStatus:
                return new HttpReply { Status = 0, StatusLine = "HTTP/1.1 0 -" };
            case FaultKind.Redirect:
                return new HttpReply { Status = 302 }.With("Location", fault.Text ?? "https://weixin.qq.com/");
            case FaultKind.Ret:
                return endpoint.Refuse(fault.Code ?? -1, fault.Text ?? "");
            default:
                return null;
        }
    }

    /// <summary>Changes a response as the fault requires.</summary>
    public static HttpReply Alter(Fault fault, HttpReply reply)
    {
        switch (fault.Kind)
        {
            case FaultKind.SlowDrip:
                reply.Delivery = ReplyDelivery.Dripped;
                reply.Pace = fault.Pace;
                break;
            case FaultKind.Truncate:
                reply.Delivery = ReplyDelivery.Truncated;
                break;
            case FaultKind.LostReply:
                reply.Delivery = ReplyDelivery.Reset;
                break;
            case FaultKind.WrongCharset:
                reply.Headers.RemoveAll(header => header.Key == "Content-Type");
                reply.With("Content-Type", "text/plain; charset=x-no-such-charset");
                break;
            case FaultKind.InvalidUtf8:
                reply.Body = [WithInvalidUtf8(reply.BodyBytes())];
                break;
            default:
                break;
        }

        return reply;
    }

    /// <summary>Adds two bytes that are invalid in UTF-8 in the middle of the first name or text, or at the end.</summary>
    private static byte[] WithInvalidUtf8(byte[] body)
    {
        int at = AfterFirst(body, "\"Content\": \""u8);
        at = at < 0 ? AfterFirst(body, "\"NickName\": \""u8) : at;
        at = at < 0 ? AfterFirst(body, "\"ErrMsg\": \""u8) : at;
        at = at < 0 ? body.Length : at;
        return [.. body[..at], 0xff, 0xc0, .. body[at..]];
    }

    private static int AfterFirst(byte[] body, ReadOnlySpan<byte> text)
    {
        int at = body.AsSpan().IndexOf(text);
        return at < 0 ? -1 : at + text.Length;
    }
}

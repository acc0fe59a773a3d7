using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>A response's body exceeds its limit.</summary>
internal sealed class BodyTooLargeException(int limit) : IOException($"The body is larger than {limit} bytes.");

/// <summary>Reads a body into memory, up to a limit in decompressed bytes.</summary>
internal static class BodyReader
{
    private const int FirstBuffer = 16 * 1024;

    // What a server announces is believed only when this much has come: otherwise it could make the client allocate too much memory.
    private const int Believed = 1024 * 1024;

    /// <param name="response">The response.</param>
    /// <param name="limit">The limit in bytes.</param>
    /// <param name="buffer">The target buffer. The bytes are valid until the buffer is used again.</param>
    /// <param name="pace">The pace that the body must keep; null where something else limits the time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, int limit, ReusableBuffer buffer, ReplyPace? pace, CancellationToken cancellationToken)
    {
        long? announced = response.Content.Headers.ContentLength;
        if (announced > limit)
            throw new BodyTooLargeException(limit);

        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] bytes = buffer.AtLeast(announced < FirstBuffer ? (int)announced.Value + 1 : FirstBuffer);
        int count = 0;
        while (true)
        {
            if (count == bytes.Length)
            {
                byte[] more = buffer.AtLeast(NextLength(count, announced, limit));
                bytes.CopyTo(more, 0);
                bytes = more;
            }

            int read = await body.ReadAsync(bytes.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return new ReadOnlyMemory<byte>(bytes, 0, count);
            count += read;
            if (count > limit)
                throw new BodyTooLargeException(limit);
            pace?.Moved(read);
        }
    }

    // One byte more than announced or allowed, so that the end is seen without another buffer.
    private static int NextLength(int count, long? announced, int limit) =>
        count >= Believed && announced >= count ? (int)announced.Value + 1
        : count >= limit / 2 ? limit + 1
        : count * 2;
}

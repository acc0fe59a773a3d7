using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>A reply's body grew past what was asked for.</summary>
internal sealed class BodyTooLargeException(int limit) : IOException($"The body is larger than {limit} bytes.");

/// <summary>Reads a body into memory and stops at a limit, which counts decompressed bytes while they arrive.</summary>
internal static class BodyReader
{
    private const int FirstBuffer = 16 * 1024;

    /// <param name="response">Whose body.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="buffer">Where they go; they stay there until it is used again.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, int limit, ReusableBuffer buffer, CancellationToken cancellationToken)
    {
        // what the server announces is a hint at best: it may be wrong, or a way to make us allocate
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
                byte[] more = buffer.AtLeast((int)Math.Min((long)count * 2, (long)limit + 1));
                bytes.CopyTo(more, 0);
                bytes = more;
            }

            int read = await body.ReadAsync(bytes.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return new ReadOnlyMemory<byte>(bytes, 0, count);
            count += read;
            if (count > limit)
                throw new BodyTooLargeException(limit);
        }
    }
}

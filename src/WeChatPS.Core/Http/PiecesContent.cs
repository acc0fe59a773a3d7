using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Http;

/// <summary>A body in pieces, written in small chunks. Each chunk that the network accepts restarts the idle deadline.</summary>
internal sealed class PiecesContent(WireRequest request, IdleDeadline? idle) : HttpContent
{
    private const int ChunkLength = 16 * 1024;

    protected override bool TryComputeLength(out long length)
    {
        length = request.BodyLength;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        WriteAsync(stream, cancellationToken);

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        long moved = 0;
        foreach (ArraySegment<byte> piece in request.Pieces!)
        {
            for (int at = 0; at < piece.Count; at += ChunkLength)
            {
                int count = Math.Min(ChunkLength, piece.Count - at);
                await stream.WriteAsync(piece.AsMemory(at, count), cancellationToken).ConfigureAwait(false);
                idle?.Restart();
                request.Moved?.Invoke(moved += count);
            }
        }
    }
}

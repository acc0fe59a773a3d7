using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.Http;

/// <summary>A platform without a network: it hands over the replies that a test makes.</summary>
internal sealed class HandedReply(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>A reply whose body comes piece by piece.</summary>
    /// <param name="next">Makes the next piece; an empty one ends the body.</param>
    public static HttpResponseMessage InPieces(Func<byte[]> next) => new(HttpStatusCode.OK) { Content = new StreamContent(new Pieces(next)) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(answer(request));

    private sealed class Pieces(Func<byte[]> next) : Stream
    {
        private ReadOnlyMemory<byte> _rest;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_rest.IsEmpty)
                _rest = next();
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlyMemory<byte> piece = _rest[..Math.Min(_rest.Length, buffer.Length)];
            _rest = _rest[piece.Length..];
            piece.CopyTo(buffer);
            return new ValueTask<int>(piece.Length);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

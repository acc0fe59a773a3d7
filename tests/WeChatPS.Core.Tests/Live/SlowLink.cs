using System;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using WeChatPS.Http;

namespace WeChatPS.Core.Tests.Live;

/// <summary>
/// A network that takes its time for what goes out, by the client's own clock: 16 KiB in each <paramref name="interval"/>. It can also
/// stop altogether.
/// </summary>
internal sealed class SlowLink(FakeTimeProvider time, TimeSpan interval)
{
    private const int Rate = 16 * 1024;

    private long _sent;
    private long _stallsAt = long.MaxValue;
    private int _connections;

    public HttpSettings Http => new() { Handler = NewHandler };

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Set while nothing gets through any more.</summary>
    public TaskCompletionSource HasStalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection that has taken so many bytes more takes no others. The next one works.</summary>
    public void StallAfter(long bytes) => Volatile.Write(ref _stallsAt, Volatile.Read(ref _sent) + bytes);

    private SocketsHttpHandler NewHandler() => new()
    {
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            Interlocked.Increment(ref _connections);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new Link(this, new NetworkStream(socket, ownsSocket: true));
        },
    };

    private async Task PassAsync(int bytes, CancellationToken closed)
    {
        if (Interlocked.Add(ref _sent, bytes) > Volatile.Read(ref _stallsAt))
        {
            Volatile.Write(ref _stallsAt, long.MaxValue);
            HasStalled.SetResult();
            await Task.Delay(Timeout.Infinite, closed);
        }

        // heads of requests cost nothing: only what is worth a piece of the rate
        if (bytes >= Rate) time.Advance(interval);
    }

    private sealed class Link(SlowLink link, NetworkStream inner) : Stream
    {
        // a write that hangs ends when the connection is closed; the client has no other way to end it
        private readonly CancellationTokenSource _closed = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await link.PassAsync(buffer.Length, _closed.Token);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _closed.Cancel();
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

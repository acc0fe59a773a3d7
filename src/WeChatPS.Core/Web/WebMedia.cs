using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>Downloads media into a stream with constant memory. After a broken connection, the download continues if the server supports ranges.</summary>
internal sealed class WebMedia(WebConnection connection, TimeProvider time, Func<double> random)
{
    /// <summary>The number of attempts in a row without new bytes after which a download fails.</summary>
    private const int MaxTries = 4;

    /// <summary>The total number of attempts.</summary>
    private const int MaxConnections = 100;

    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Downloads one file.</summary>
    /// <param name="wanted">The media.</param>
    /// <param name="target">The target stream. Its content is overwritten.</param>
    /// <param name="progress">Called with the progress.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>The format.</returns>
    /// <exception cref="WeChatException">Unreachable; MediaUnavailable; ProtocolError when the response is not the file; or the server's refusal.</exception>
    public async Task<MediaFormat> FetchAsync(
        WantedMedia wanted, Stream target, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        var transfer = new MediaTransfer(wanted, target);
        var pauses = new BackOff(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(10), random);
        Action<MediaProgress> report = Limited(progress);
        long most = 0;
        for (int tries = 1, connections = 1; ; tries++, connections++)
        {
            string? trouble = await TryAsync(wanted, transfer, report, cancellationToken).ConfigureAwait(false);
            if (trouble is null)
                return transfer.Format ?? default;
            if (transfer.Received > most)
            {
                (most, tries) = (transfer.Received, 1);
                pauses.Reset();
            }

            if (tries == MaxTries || connections == MaxConnections)
                throw Failed(wanted, transfer, trouble);
            await time.DelayAsync(pauses.Next(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> TryAsync(
        WantedMedia wanted, MediaTransfer transfer, Action<MediaProgress> report, CancellationToken cancellationToken)
    {
        try
        {
            WireRequest request = MediaRequests.Get(wanted, transfer.ContinueAt, transfer.Validator);
            using WireDownload download = await connection.OpenAsync(request, cancellationToken).ConfigureAwait(false);
            return await transfer.ReadAsync(download, report, cancellationToken).ConfigureAwait(false);
        }
        catch (WireException e)
        {
            return e.Message;
        }
    }

    private static WeChatException Failed(WantedMedia wanted, MediaTransfer transfer, string trouble) => transfer.Received == 0 && transfer.Total == 0
        ? MediaTransfer.Unavailable(wanted)
        : new WeChatException(WeChatErrorReason.Unreachable, $"The download of {wanted.Subject} failed: {trouble.TrimEnd('.')}.");

    private Action<MediaProgress> Limited(IProgress<MediaProgress>? progress)
    {
        long last = time.GetTimestamp();
        return done =>
        {
            if (progress is null || time.GetElapsedTime(last) < s_reportEvery)
                return;
            last = time.GetTimestamp();
            progress.Report(done);
        };
    }
}

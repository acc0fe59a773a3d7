using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>Fetches files: into a stream, in constant memory, going on after a broken connection where the server allows it.</summary>
internal sealed class WebMedia(WebConnection connection, TimeProvider time, Func<double> random)
{
    /// <summary>So many tries in a row may bring nothing new.</summary>
    private const int MaxTries = 4;

    /// <summary>However little each of them brings.</summary>
    private const int MaxConnections = 100;

    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Fetches one file.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="target">Where the bytes go; what is in it is overwritten.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>What it is.</returns>
    /// <exception cref="WeChatException">Unreachable; MediaUnavailable; ProtocolError when what came is not the file; or the server's refusal.</exception>
    public async Task<MediaFormat> FetchAsync(
        WantedMedia wanted, Stream target, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        var transfer = new MediaTransfer(wanted, target);
        var pauses = new BackOff(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(10), random);
        Action<MediaProgress> report = NowAndThen(progress);
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
            return await transfer.TakeAsync(download, report, cancellationToken).ConfigureAwait(false);
        }
        catch (WireException e)
        {
            return e.Message;
        }
    }

    private static WeChatException Failed(WantedMedia wanted, MediaTransfer transfer, string trouble) => transfer.Received == 0 && transfer.Total == 0
        ? MediaTransfer.Unavailable(wanted)
        : new WeChatException(WeChatErrorReason.Unreachable, $"It was not possible to fetch {wanted.Subject}: {trouble.TrimEnd('.')}.");

    private Action<MediaProgress> NowAndThen(IProgress<MediaProgress>? progress)
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

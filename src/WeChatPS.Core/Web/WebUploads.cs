using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>
/// Uploads files in pieces. An upload has no visible effect, so a piece whose response is lost is sent again. Uploads pause together
/// with sends while the server throttles the account.
/// </summary>
internal sealed class WebUploads(WebConnection connection, SendPause pause, RequestBudget budget, TimeProvider time, Func<double> random)
{
    /// <summary>The number of attempts for one piece.</summary>
    private const int MaxAttempts = 5;

    private const string TicketCookie = "webwx_data_ticket";

    /// <summary>Uploads a file. A large file that the server already has is not sent again.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">The account's own user name.</param>
    /// <param name="to">The user name of a recipient. The result can be sent to other recipients too.</param>
    /// <param name="options">The time limit in the queue, and the progress.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The content of the message that sends the file.</returns>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.Unreachable"/>, <see cref="WeChatErrorReason.Throttled"/>, <see cref="WeChatErrorReason.FileUnavailable"/>,
    /// <see cref="WeChatErrorReason.ProtocolError"/> when the server did not store the file or the session has no upload ticket; or the server's refusal.
    /// </exception>
    public async Task<MessageBody> UploadAsync(
        OutgoingFile file, string from, string to, SendOptions options, CancellationToken cancellationToken)
    {
        var patience = new Patience(options, budget, time);
        string md5 = await file.Md5Async(cancellationToken).ConfigureAwait(false);
        var upload = new Upload(file, md5, from, to, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (file.Length > UploadRequests.AskAbove)
        {
            UploadReply known = await AskAsync(
                () => UploadRequests.Ask(connection.Endpoints, connection.Credentials, upload), patience, cancellationToken).ConfigureAwait(false);
            if (known.MediaId.Length > 0) return Body(file, known.MediaId, known.Signature);
            upload = upload with { AesKey = known.AesKey, Signature = known.Signature };
        }

        string mediaId = await SendPiecesAsync(upload, patience, options.Uploaded, cancellationToken).ConfigureAwait(false);
        return mediaId.Length > 0
            ? Body(file, mediaId, upload.Signature)
            : throw new WeChatException(WeChatErrorReason.ProtocolError, $"The server received all of '{file.Name}' but did not store it.") { Subject = file.Subject };
    }

    private static MessageBody Body(OutgoingFile file, string mediaId, string signature) => (file.Kind switch
    {
        WeChatFileKind.Image => MessageBody.Image(mediaId),
        WeChatFileKind.Video => MessageBody.Video(mediaId),
        WeChatFileKind.Emoticon => MessageBody.Emoticon(mediaId),
        _ => MessageBody.File(file.Name, file.Length, mediaId),
    }) with { Signature = signature };

    /// <returns>The media id from the last response.</returns>
    private async Task<string> SendPiecesAsync(Upload upload, Patience patience, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[(int)Math.Min(UploadRequests.PieceLength, upload.File.Length)];
        string mediaId = "";
        using var digest = new FileDigest();
        for (int piece = 0; piece < upload.Pieces; piece++)
        {
            long start = (long)piece * UploadRequests.PieceLength;
            int count = (int)Math.Min(buffer.Length, upload.File.Length - start);
            await upload.File.ReadAsync(start, buffer, count, cancellationToken).ConfigureAwait(false);
            digest.Add(buffer, count);

            // The server needs the last piece to store the file, so a file that changed during the upload is never sent.
            if (piece == upload.Pieces - 1 && digest.End() != upload.Md5)
                throw OutgoingFile.Unavailable(upload.File.Subject, "the file changed during the upload.");
            WireRequest Compose() => UploadRequests.Piece(
                connection.Endpoints, connection.Credentials, upload, piece, new ArraySegment<byte>(buffer, 0, count), Ticket(),
                moved => progress?.Report(start + Math.Min(moved, count)));
            mediaId = (await AskAsync(Compose, patience, cancellationToken).ConfigureAwait(false)).MediaId;
        }

        return mediaId;
    }

    /// <summary>Sends a request until a response arrives. Retries differ only in the current skey.</summary>
    private async Task<UploadReply> AskAsync(Func<WireRequest> compose, Patience patience, CancellationToken cancellationToken)
    {
        var pauses = new BackOff(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(15), random);
        bool isSure = false;
        for (int failures = 0; ;)
        {
            await pause.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
            (UploadReply? reply, Exception? trouble) = await TryAsync(compose(), cancellationToken).ConfigureAwait(false);
            switch (reply?.Response.Ret)
            {
                case null when ++failures == MaxAttempts:
                    throw new WeChatException(WeChatErrorReason.Unreachable, "The file was not sent: " + trouble!.Message, trouble);
                case null:
                    await patience.WaitToRetryAsync(trouble!, pauses.Next(), cancellationToken).ConfigureAwait(false);
                    break;
                case 0:
                    return reply;
                case ServerRefusal.TooOften:
                    pause.Begin();
                    break;
                case { } code when SyncClassification.IsFatal(code) && !isSure:
                    // The server may have replaced the skey during the request. It is sent once more with the new skey.
                    isSure = true;
                    break;
                default:
                    throw reply.Response.ToException("the file");
            }
        }
    }

    private async Task<(UploadReply? Reply, Exception? Trouble)> TryAsync(WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            WireReply reply = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return (reply.Read(request, body => UploadReply.Parse(request.Endpoint, body.Span)), null);
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            return (null, e);
        }
    }

    // Another host than the file host sets this cookie.
    private string Ticket() => connection.Cookies.Find(TicketCookie) ?? throw new WeChatException(
        WeChatErrorReason.ProtocolError, $"The session has no ticket for uploads ({TicketCookie}). To get one, log in again.");
}

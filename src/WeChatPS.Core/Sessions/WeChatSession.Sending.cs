using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Sending messages.</content>
public sealed partial class WeChatSession
{
    private long _sent;
    private int _queued;

    /// <summary>Sends a message of any kind, with a new client id.</summary>
    /// <exception cref="WeChatException">The session is not connected, or see <see cref="WebSends.SendAsync"/>.</exception>
    internal async Task<WeChatReceipt> SendAsync(
        WeChatContact to, MessageBody body, SendOptions options, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        ThrowIfSelf(to);
        string id = ClientMsgIds.Next(Time.GetUtcNow());
        var message = new OutgoingMessage(Contacts.Self!.UserName, to.UserName, body, id);
        (string messageId, int attempts) = await QueuedAsync(
            open => _sends!.SendAsync(message, options, open), cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _sent);

        // A pause of sends may have ended.
        NoteState();
        _conversations.Use(to.UserName);
        return new WeChatReceipt(messageId, id, to, Time.GetUtcNow(), attempts, Name) { Account = Account, Body = body };
    }

    /// <summary>Uploads a file to the server.</summary>
    /// <param name="file">The file.</param>
    /// <param name="to">A recipient. The upload is valid for other recipients too.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The message body to send.</returns>
    /// <exception cref="WeChatException">The session is not connected, or see <see cref="WebUploads.UploadAsync"/>.</exception>
    internal async Task<MessageBody> UploadAsync(
        OutgoingFile file, WeChatContact to, SendOptions options, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        ThrowIfSelf(to);
        return await QueuedAsync(
            open => _uploads!.UploadAsync(file, Contacts.Self!.UserName, to.UserName, options, open), cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> QueuedAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queued);
        try
        {
            return await WhileConnectedAsync(send, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    /// <summary>Recalls a message.</summary>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.RevokeTooLate"/> or <see cref="WeChatErrorReason.ContactNotFound"/>, before a request is sent; the session is not
    /// connected; <see cref="WeChatErrorReason.Unreachable"/>; or the server's refusal.
    /// </exception>
    internal async Task RevokeAsync(WeChatReceipt receipt, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        if (Time.GetUtcNow() > receipt.RevocableUntil)
        {
            throw new WeChatException(
                WeChatErrorReason.RevokeTooLate, $"The message was sent more than {WeChatReceipt.RevokeWindow.TotalMinutes:0} minutes ago.")
            { Subject = receipt.MessageId };
        }

        // The recipient has a different user name after another login.
        WeChatContact to = await ResolveAsync(receipt.To, cancellationToken).ConfigureAwait(false);
        await WhileConnectedAsync(
            async open =>
            {
                BaseResponse response = await RequestRevokeAsync(receipt, to, open).ConfigureAwait(false);
                return response.Ret == 0 ? true : throw response.ToException("the recall");
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<BaseResponse> RequestRevokeAsync(WeChatReceipt receipt, WeChatContact to, CancellationToken cancellationToken)
    {
        WireRequest request = SendRequests.Revoke(
            _connection!.Endpoints, _connection.Credentials, to.UserName, receipt.MessageId, receipt.ClientMsgId);
        try
        {
            WireReply reply = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return reply.Read(request, body => BaseResponse.Read(request.Endpoint, ReplyJson.Open(request.Endpoint, body.Span), body.Span));
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            string outcome = e is WireException { NeverSent: true } ? "The message was not recalled" : "The message may or may not have been recalled";
            throw new WeChatException(WeChatErrorReason.Unreachable, $"{outcome}: {e.Message}", e) { Subject = receipt.MessageId };
        }
    }

    private static void ThrowIfSelf(WeChatContact to)
    {
        if (to.Kind != ContactKind.Self) return;
        throw new WeChatException(
            WeChatErrorReason.ReceiverNotAllowed, "WeChat does not deliver messages to your own account. For notes, send to 'filehelper' (File Transfer).")
        { Subject = to.Name };
    }
}

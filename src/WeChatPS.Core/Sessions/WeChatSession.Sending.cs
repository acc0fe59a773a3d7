using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Media;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Messages out.</content>
public sealed partial class WeChatSession
{
    private long _sent;
    private int _queued;

    /// <summary>Sends a message of any kind, under an identity of its own.</summary>
    /// <exception cref="WeChatException">Not connected, or as <see cref="WebSends.SendAsync"/> says.</exception>
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

        // a pause may be over
        NoteState();
        _conversations.Use(to.UserName);
        return new WeChatReceipt(messageId, id, to, Time.GetUtcNow(), attempts, Name) { Account = Account, Body = body };
    }

    /// <summary>Brings a file to the server.</summary>
    /// <param name="file">Which.</param>
    /// <param name="to">Somebody who is to get it; others can get it too.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>What to send; nobody has got anything yet.</returns>
    /// <exception cref="WeChatException">Not connected, or as <see cref="WebUploads.UploadAsync"/> says.</exception>
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

    /// <summary>Takes a message back.</summary>
    /// <exception cref="WeChatException">
    /// <see cref="WeChatErrorReason.RevokeTooLate"/> or <see cref="WeChatErrorReason.ContactNotFound"/>, nobody was asked; not connected; <see cref="WeChatErrorReason.Unreachable"/>; or the
    /// server's refusal.
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

        // after another login the receiver has another user name
        WeChatContact to = await ResolveAsync(receipt.To, cancellationToken).ConfigureAwait(false);
        await WhileConnectedAsync(
            async open =>
            {
                BaseResponse response = await AskToRevokeAsync(receipt, to, open).ConfigureAwait(false);
                return response.Ret == 0 ? true : throw response.ToException("the recall");
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<BaseResponse> AskToRevokeAsync(WeChatReceipt receipt, WeChatContact to, CancellationToken cancellationToken)
    {
        WireRequest request = SendRequests.Revoke(
            _connection!.Endpoints, _connection.Credentials, to.UserName, receipt.MessageId, receipt.ClientMsgId);
        try
        {
            WireReply reply = await _connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return BaseResponse.Read(request.Endpoint, ReplyJson.Open(request.Endpoint, reply.Body.Span), reply.Body.Span);
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            string outcome = e is WireException { NeverSent: true } ? "The message was not recalled" : "Whether the message was recalled is not known";
            throw new WeChatException(WeChatErrorReason.Unreachable, $"{outcome}: {e.Message}", e) { Subject = receipt.MessageId };
        }
    }

    private static void ThrowIfSelf(WeChatContact to)
    {
        if (to.Kind != ContactKind.Self) return;
        throw new WeChatException(
            WeChatErrorReason.ReceiverNotAllowed, "WeChat does not deliver messages to oneself; 'filehelper' is there for notes.")
        { Subject = to.Name };
    }
}

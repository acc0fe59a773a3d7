using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Pictures, recordings, videos, files and avatars, saved.</content>
public sealed partial class WeChatSession
{
    /// <summary>Saves what a message brings.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isThumbnail">Whether the small picture will do.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="progress">Told now and then how far it is.</param>
    /// <param name="cancellationToken">Ends the transfer; nothing of it remains.</param>
    /// <exception cref="WeChatException">NoMedia, MediaUnavailable, FileExists, FileUnavailable, Unreachable, ProtocolError; or the session is over.</exception>
    internal Task<FileInfo> SaveMediaAsync(
        WeChatMessage message, bool isThumbnail, SaveTarget target, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        WantedMedia wanted = MediaOf(message, isThumbnail) ?? throw new WeChatException(
            WeChatErrorReason.NoMedia, $"The message {message.Id} is of kind {message.Kind}: there is nothing to save{(isThumbnail ? " as a thumbnail" : "")}.")
        { Subject = message.Id };
        return SaveAsync(wanted, MediaName.Of(message), target, progress, cancellationToken);
    }

    /// <summary>Saves the picture of a person, an account or a group.</summary>
    /// <param name="contact">Whose.</param>
    /// <param name="group">For somebody who is met in a group alone: that group; otherwise null.</param>
    /// <param name="isThumbnail">Whether the small picture will do.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Ends the transfer; nothing of it remains.</param>
    /// <exception cref="WeChatException">As <see cref="SaveMediaAsync"/>.</exception>
    internal Task<FileInfo> SaveAvatarAsync(
        WeChatContact contact, WeChatContact? group, bool isThumbnail, SaveTarget target, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        var wanted = new WantedMedia(
            contact.IsGroup ? "webwxgetheadimg" : "webwxgeticon",
            MediaRequests.Avatar(_connection!.Endpoints, _connection.Credentials, contact.UserName, group?.GroupKey ?? "", isThumbnail),
            MediaClass.Image,
            $"the picture of {contact}") { MayComeLate = true };
        return SaveAsync(wanted, SafeFileName.From(contact.Name, contact.Kind.ToString()), target, null, cancellationToken);
    }

    /// <summary>What of a message can be fetched, and where; null when there is nothing.</summary>
    private WantedMedia? MediaOf(WeChatMessage message, bool isThumbnail)
    {
        WebEndpoints endpoints = _connection!.Endpoints;
        WebCredentials credentials = _connection.Credentials;
        string subject = $"the {MediaName.Word(message.Kind, isThumbnail)} from {message.Sender?.ToString() ?? message.From.ToString()}";
        switch (message.Kind)
        {
            case MessageKind.Emoticon when message.Content is EmoticonContent { IsFromStore: true }:
                throw new WeChatException(WeChatErrorReason.MediaUnavailable, $"WeChat does not offer {subject} on the web: it belongs to a set from the store.");
            case MessageKind.Image or MessageKind.Emoticon:
            case MessageKind.Video when isThumbnail:
                return new("webwxgetmsgimg", MediaRequests.Image(endpoints, credentials, message.Id, isThumbnail), MediaClass.Image, subject);
            case MessageKind.Location:
                return new("webwxgetpubliclinkimg", MediaRequests.Map(endpoints, message.Id), MediaClass.Image, subject);
            case MessageKind.Voice when !isThumbnail:
                return Played("webwxgetvoice", MediaRequests.Voice(endpoints, credentials, message.Id), MediaClass.Audio, subject);
            case MessageKind.Video:
                return Played("webwxgetvideo", MediaRequests.Video(endpoints, credentials, message.Id), MediaClass.Video, subject);
            case MessageKind.File when !isThumbnail && message.Content is FileContent file:
                string ticket = _cookies.Find("webwx_data_ticket") ?? "";
                Uri uri = MediaRequests.File(endpoints, credentials, ticket, Contacts.Find(message.WireSender)?.UserName ?? message.WireSender, file);
                return new("webwxgetmedia", uri, MediaClass.Any, subject) { Size = file.Size, Referer = endpoints.Api };
            default:
                return null;
        }
    }

    // a browser's player asks in parts, from an address of its own
    private static WantedMedia Played(string endpoint, Uri uri, MediaClass type, string subject) =>
        new(endpoint, uri, type, subject) { NeedsRange = true, Referer = uri };

    private async Task<FileInfo> SaveAsync(
        WantedMedia wanted, string name, SaveTarget target, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        // what is known to be in vain is not fetched first
        string likely = Path.Combine(target.Folder, target.FileName ?? name);
        if (target.IfExists == IfExists.Fail && (File.Exists(likely) || Directory.Exists(likely)))
            throw PartialFile.Exists(likely);
        using var file = new PartialFile(target.Folder);
        MediaFormat format = await WhileConnectedAsync(
            open => FetchAsync(wanted, file, progress, open), cancellationToken).ConfigureAwait(false);

        // a file keeps the name that its sender gave it
        string fitting = wanted.Class == MediaClass.Any ? name : MediaName.WithExtension(name, format);
        return new FileInfo(file.KeepAs(target.FileName ?? fitting, target));
    }

    private async Task<MediaFormat> FetchAsync(
        WantedMedia wanted, PartialFile file, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            MediaFormat format = await _media!.FetchAsync(wanted, file.Stream, progress, cancellationToken).ConfigureAwait(false);
            await file.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return format;
        }
        catch (Exception e) when (PartialFile.IsRefusal(e) && !_closing.IsCancellationRequested)
        {
            throw PartialFile.Unavailable(file.Stream.Name, e.Message, e);
        }
    }
}

using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Web;

namespace WeChatPS;

/// <content>Saving images, voice messages, videos, files and avatars.</content>
public sealed partial class WeChatSession
{
    /// <summary>Saves the media of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isThumbnail">Whether to save the thumbnail.</param>
    /// <param name="target">The target.</param>
    /// <param name="progress">Reports the progress from time to time.</param>
    /// <param name="cancellationToken">Cancels the transfer. The incomplete file is deleted.</param>
    /// <exception cref="WeChatException">NoMedia, MediaUnavailable, FileExists, FileUnavailable, Unreachable, ProtocolError; or the session has ended.</exception>
    internal Task<FileInfo> SaveMediaAsync(
        WeChatMessage message, bool isThumbnail, SaveTarget target, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        WantedMedia wanted = MediaOf(message, isThumbnail) ?? throw new WeChatException(
            WeChatErrorReason.NoMedia, isThumbnail ? $"The message {message.Id} ({message.Kind}) has no thumbnail." : $"The message {message.Id} ({message.Kind}) has no media to save.")
        { Subject = message.Id };
        return SaveAsync(wanted, MediaName.Of(message), target, progress, cancellationToken);
    }

    /// <summary>Saves the avatar of a person, an official account or a group.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="group">The group of a member who is not a contact; otherwise null.</param>
    /// <param name="isThumbnail">Whether to save the thumbnail.</param>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Cancels the transfer. The incomplete file is deleted.</param>
    /// <exception cref="WeChatException">See <see cref="SaveMediaAsync"/>.</exception>
    internal Task<FileInfo> SaveAvatarAsync(
        WeChatContact contact, WeChatContact? group, bool isThumbnail, SaveTarget target, CancellationToken cancellationToken)
    {
        ThrowUnlessConnected();
        var wanted = new WantedMedia(
            contact.IsGroup ? "webwxgetheadimg" : "webwxgeticon",
            MediaRequests.Avatar(_connection!.Endpoints, _connection.Credentials, contact.UserName, group?.GroupKey ?? "", isThumbnail),
            MediaClass.Image,
            $"the avatar of {contact}") { MayComeLate = true };
        return SaveAsync(wanted, SafeFileName.From(contact.Name, contact.Kind.ToString()), target, null, cancellationToken);
    }

    /// <summary>Gets the media of a message and its URL; null without media.</summary>
    private WantedMedia? MediaOf(WeChatMessage message, bool isThumbnail)
    {
        WebEndpoints endpoints = _connection!.Endpoints;
        WebCredentials credentials = _connection.Credentials;
        string subject = $"the {MediaName.Word(message.Kind, isThumbnail)} from {message.Sender?.ToString() ?? message.From.ToString()}";
        switch (message.Kind)
        {
            case MessageKind.Emoticon when message.Content is EmoticonContent { IsFromStore: true }:
                throw new WeChatException(WeChatErrorReason.MediaUnavailable, $"WeChat does not let web clients download {subject}, because it belongs to a set from the store.");
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

    // A browser's player requests ranges, with the media URL as the referer.
    private static WantedMedia Played(string endpoint, Uri uri, MediaClass type, string subject) =>
        new(endpoint, uri, type, subject) { NeedsRange = true, Referer = uri };

    private async Task<FileInfo> SaveAsync(
        WantedMedia wanted, string name, SaveTarget target, IProgress<MediaProgress>? progress, CancellationToken cancellationToken)
    {
        // The cmdlet checks for an existing file before the download.
        string likely = Path.Combine(target.Folder, target.FileName ?? name);
        if (target.IfExists == IfExists.Fail && (File.Exists(likely) || Directory.Exists(likely)))
            throw PartialFile.Exists(likely);
        using var file = new PartialFile(target.Folder);
        MediaFormat format = await WhileConnectedAsync(
            open => FetchAsync(wanted, file, progress, open), cancellationToken).ConfigureAwait(false);

        // A file keeps its original name.
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

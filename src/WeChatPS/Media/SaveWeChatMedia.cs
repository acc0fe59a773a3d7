using System;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Save-WeChatMedia: saves the images, voice messages, videos, files, stickers and maps of messages.</summary>
/// <remarks>A file gets its name when it is complete. Until then it has a temporary name. An incomplete file is deleted.</remarks>
[Cmdlet(VerbsData.Save, "WeChatMedia", SupportsShouldProcess = true, DefaultParameterSetName = "Path", ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveWeChatMedia : SaveCmdlet
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Specifies the messages.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public WeChatMessage[] Message { get; set; } = [];

    private protected override Origin? InputOrigin => Message.Length > 0 ? Message[0].Origin : null;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (WeChatMessage message in Message)
            await SaveAsync(message.ToString(), target => SaveAsync(SessionOf(message.Origin), message, target, stop));
    }

    private async Task<FileInfo> SaveAsync(WeChatSession session, WeChatMessage message, SaveTarget target, CancellationToken stop)
    {
        string activity = $"Saving {message}";
        bool isShown = false;
        var progress = new Progress<MediaProgress>(now =>
        {
            isShown = true;
            ShowProgress(activity, Status(now), now.Total is > 0 and long total ? (int)Math.Min(100, now.Done * 100 / total) : -1);
        });
        try
        {
            return await session.SaveMediaAsync(message, Thumbnail, target, progress, stop);
        }
        finally
        {
            if (isShown && !stop.IsCancellationRequested)
                EndProgress(activity);
        }
    }

    private static string Status(MediaProgress now) => string.Format(
        CultureInfo.CurrentCulture, now.Total is null ? "{0:0.0} MB" : "{0:0.0} of {1:0.0} MB", now.Done / Mebibyte, now.Total / Mebibyte);
}

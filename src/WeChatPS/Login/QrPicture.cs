using System;
using System.IO;
using WeChatPS.Sessions;

namespace WeChatPS.Login;

/// <summary>The QR code as a PNG file that only its owner can read. Without a path from the user, the file is deleted after the login.</summary>
internal sealed class QrPicture(string? askedFor, ConnectOptions options) : IDisposable
{
    private string? _own;

    /// <summary>Writes the QR code and replaces an earlier one.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="WeChatException">FileUnavailable: the file cannot be written.</exception>
    public string Write(string text)
    {
        string path = askedFor ?? (_own ??= OwnPath());
        try
        {
            // An existing file may be readable by other users.
            File.Delete(path);
            using FileStream file = OwnerOnly.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            byte[] image = QrText.Png(text);
            file.Write(image, 0, image.Length);
            return path;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WeChatException(
                WeChatErrorReason.FileUnavailable, $"The QR code cannot be written: {refused.Message}", refused) { Subject = path };
        }
    }

    public void Dispose()
    {
        try
        {
            if (_own is not null)
                File.Delete(_own);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // A viewer may hold the file open. The QR code in it was used or has expired, so the file is harmless.
        }
    }

    private string OwnPath() => options.Ephemeral
        ? Path.Combine(Path.GetTempPath(), $"WeChatPS-{Guid.NewGuid():N}.png")
        : Path.Combine(options.StorePath ?? SessionStore.DefaultRoot, options.Name, "qr.png");
}

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Sync;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>The files that a pipeline has uploaded. Further recipients of the same file need no second upload.</summary>
internal sealed class UploadedFiles
{
    /// <summary>The server's own retention time is unknown, and a pipeline may run for weeks.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private readonly Dictionary<(WeChatSession, string Subject, long Length, DateTimeOffset Changed), (MessageBody Body, Countdown Lifetime)> _uploaded = [];

    /// <summary>Gets the message body for a file. Uploads the file if necessary.</summary>
    public async Task<MessageBody> GetAsync(WeChatSession session, OutgoingFile file, Func<Task<MessageBody>> upload)
    {
        var key = (session, file.Subject, file.Length, file.Changed);
        if (_uploaded.TryGetValue(key, out var known) && !known.Lifetime.IsOver)
            return known.Body;
        var lifetime = new Countdown(session.Time, s_lifetime);
        MessageBody body = await upload();
        _uploaded[key] = (body, lifetime);
        return body;
    }
}

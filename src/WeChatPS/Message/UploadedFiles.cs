using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using WeChatPS.Media;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>What a pipeline has uploaded: whoever else is to get the same file gets what is there already.</summary>
internal sealed class UploadedFiles
{
    /// <summary>How long the server keeps what was uploaded it does not say, and a pipeline may run for weeks.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private readonly Dictionary<(WeChatSession, string Subject, long Length, DateTimeOffset Changed), (MessageBody Body, DateTimeOffset Since)> _uploaded = [];

    /// <summary>What to send for a file; it is uploaded unless it was.</summary>
    public async Task<MessageBody> GetAsync(WeChatSession session, OutgoingFile file, Func<Task<MessageBody>> upload)
    {
        var key = (session, file.Subject, file.Length, file.Changed);
        DateTimeOffset now = session.Time.GetUtcNow();
        if (_uploaded.TryGetValue(key, out var known) && now - known.Since < s_lifetime)
            return known.Body;
        MessageBody body = await upload();
        _uploaded[key] = (body, now);
        return body;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatEmulatorRequest: what clients asked, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatEmulatorRequest")]
[OutputType(typeof(WeChatEmulatorRequest))]
public sealed class GetWeChatEmulatorRequest : EmulatorCmdlet
{
    /// <summary>Only requests of this short name (synccheck, webwxsync, webwxsendmsg, login …).</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Only those behind this number.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long After { get; set; }

    /// <summary>Only so many of the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken stop)
    {
        var query = new List<string> { "after=" + After.ToString(CultureInfo.InvariantCulture) };
        if (Name is not null)
            query.Add("endpoint=" + Uri.EscapeDataString(Name));
        if (Last is { } last)
            query.Add("last=" + last.ToString(CultureInfo.InvariantCulture));
        JsonElement requests = await SelectEmulator().GetAsync("requests?" + string.Join("&", query), stop);
        foreach (JsonElement request in requests.EnumerateArray())
            WriteObject(new WeChatEmulatorRequest(request));
    }
}

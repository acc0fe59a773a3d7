using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPS;

/// <summary>Get-WeChatEmulatorRequest: gets the requests of clients, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatEmulatorRequest")]
[OutputType(typeof(WeChatEmulatorRequest))]
public sealed class GetWeChatEmulatorRequest : EmulatorCmdlet
{
    /// <summary>Specifies the short name of the requests (synccheck, webwxsync, webwxsendmsg, login …).</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Specifies a request number. The cmdlet gets only later requests.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long After { get; set; }

    /// <summary>Specifies the number of newest requests to get.</summary>
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

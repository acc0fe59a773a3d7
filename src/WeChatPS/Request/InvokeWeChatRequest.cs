using System;
using System.Management.Automation;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Invoke-WeChatRequest: sends a request of your own to one of the session's servers, for what no other cmdlet does.</summary>
/// <remarks>It is neither paced nor repeated, and a refusal in the reply (Ret) is no error: what came back is yours to judge.</remarks>
[Cmdlet(VerbsLifecycle.Invoke, "WeChatRequest", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatResponse))]
public sealed class InvokeWeChatRequest : SessionCmdlet
{
    /// <summary>
    /// Where to: an address on one of the session's servers; a path; or an endpoint's name (webwxgetcontact), which stands for the path
    /// below /cgi-bin/mmwebwx-bin/. {skey}, {sid}, {uin}, {pass_ticket} and {deviceid} are replaced by the session's own.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    public string Uri { get; set; } = "";

    /// <summary>The method; Get, or where there is a body Post.</summary>
    [Parameter]
    [ValidateSet("Get", "Post", "Head", "Options")]
    public string? Method { get; set; }

    /// <summary>The body: a hashtable becomes JSON, a string is sent as it is in UTF-8, bytes as they are.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>Puts BaseRequest, by which the session proves itself, into the JSON body.</summary>
    [Parameter]
    public SwitchParameter BaseRequest { get; set; }

    /// <summary>What the body is; JSON unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>How long it may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.001, 3_600.0)]
    public double TimeoutSec { get; set; } = 15;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        HttpMethod method = Method is not null ? new HttpMethod(Method.ToUpperInvariant())
            : Body is not null || BaseRequest ? HttpMethod.Post
            : HttpMethod.Get;
        string shown = Redaction.Redact(Uri);
        if (method != HttpMethod.Get && !ShouldProcess(shown, $"Send a {method} request as '{session.Name}'"))
            return;
        var request = new RawRequest
        {
            Address = Uri,
            Method = method,
            Body = Body is null ? null : RequestBody.Bytes(Body),
            ContentType = ContentType,
            WithBaseRequest = BaseRequest,
            Deadline = TimeSpan.FromSeconds(TimeoutSec),
        };
        try
        {
            WireReply reply = await session.RequestAsync(request, stop);
            WriteVerbose($"{method} {shown}: {reply.Status}, {reply.Body.Length} bytes.");
            WriteObject(new WeChatResponse(session.Name, method.Method, shown, reply));
        }
        catch (WeChatException failure) when (failure.Reason is WeChatErrorReason.Unreachable or WeChatErrorReason.InvalidEndpoint)
        {
            WriteError(failure);
        }
    }
}

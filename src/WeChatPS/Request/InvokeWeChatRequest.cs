using System;
using System.Management.Automation;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Invoke-WeChatRequest: invokes a custom request to one of the session's servers.</summary>
/// <remarks>The request is neither paced nor retried. A refusal in the response (Ret) is not an error. Check Ret in your script.</remarks>
[Cmdlet(VerbsLifecycle.Invoke, "WeChatRequest", SupportsShouldProcess = true)]
[OutputType(typeof(WeChatResponse))]
public sealed class InvokeWeChatRequest : SessionCmdlet
{
    /// <summary>
    /// Specifies a URL on one of the session's servers, a path, or an endpoint name (webwxgetcontact) below /cgi-bin/mmwebwx-bin/. The cmdlet
    /// replaces {skey}, {sid}, {uin}, {pass_ticket} and {deviceid} with the values of the session.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    public string Uri { get; set; } = "";

    /// <summary>Specifies the method. By default, Get, or Post with a body.</summary>
    [Parameter]
    [ValidateSet("Get", "Post", "Head", "Options")]
    public string? Method { get; set; }

    /// <summary>Specifies the body. A hashtable becomes JSON. A string is sent as UTF-8. Bytes are sent unchanged.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>Indicates that the cmdlet adds BaseRequest, the credentials of the session, to the JSON body.</summary>
    [Parameter]
    public SwitchParameter BaseRequest { get; set; }

    /// <summary>Specifies the content type of the body. By default, JSON.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>Specifies the time limit, in seconds.</summary>
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

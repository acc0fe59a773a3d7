using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>The ways into a session: resume, push, QR code. Each either brings a session or says why not; only the server's word leads from one to the next.</summary>
/// <param name="http">The way to the servers.</param>
/// <param name="endpoints">The servers to begin at.</param>
/// <param name="mode">As which client.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Jitter, 0 to 1.</param>
/// <param name="report">Told what happens.</param>
internal sealed class WebLogin(
    WeChatHttp http, WebEndpoints endpoints, WeChatLoginMode mode, TimeProvider time, Func<double> random, Action<LoginEvent> report)
{
    /// <summary>So many codes are shown before the login is given up.</summary>
    public const int MaxCodes = 3;

    private const int FirstError = 400;

    private static readonly TimeSpan s_giveUpAfter = TimeSpan.FromSeconds(60);

    private WebEndpoints _servers = endpoints;

    /// <summary>The device id to log in with; a random one when null.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The id of a login code that was made elsewhere: the first to wait for. None when null.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the server sent the login to another server: it begins there with a code.</summary>
    public bool WasSentElsewhere { get; private set; }

    /// <summary>Whether the server let the phone be asked by <see cref="PushAsync"/>.</summary>
    public bool HasAskedPhone { get; private set; }

    /// <summary>Takes a saved session up again.</summary>
    /// <param name="servers">The session's servers.</param>
    /// <param name="saved">Its credentials.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session; null when the server says, twice, that it is over.</returns>
    /// <exception cref="WeChatException">The server could not be asked, or asks for less traffic.</exception>
    public async Task<LoginResult?> ResumeAsync(WebEndpoints servers, WebCredentials saved, CancellationToken cancellationToken)
    {
        for (int asked = 0; asked < 2; asked++)
        {
            InitReply init = await InitAsync(servers, saved, cancellationToken).ConfigureAwait(false);
            if (init.IsUsable) return new LoginResult(servers, saved.WithSkey(init.Skey), init);
            if (!init.IsSessionOver) throw init.Response.ToException("webwxinit");
        }

        return null;
    }

    /// <summary>Has the phone that confirmed the last login asked again, without a code.</summary>
    /// <returns>The session; null when the server or the person does not want it, or the server wants it elsewhere.</returns>
    /// <exception cref="WeChatException">The server could not be asked, or refused the login.</exception>
    public async Task<LoginResult?> PushAsync(WebEndpoints servers, long uin, CancellationToken cancellationToken)
    {
        foreach (Uri server in servers.IsSingle ? [servers.Api] : new[] { servers.Api, servers.QrText })
        {
            PushLoginReply push = await AskAsync(
                LoginRequests.Push(server, uin, mode), body => PushLoginReply.Parse(body.Span), cancellationToken).ConfigureAwait(false);
            if (!push.IsAccepted) continue;
            HasAskedPhone = true;
            report(new LoginEvent.Pushed());
            Uri? redirect = await WaitForPhoneAsync(servers, push.Uuid, cancellationToken).ConfigureAwait(false);
            return redirect is null ? null : await EnterAsync(redirect, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Shows codes until one is scanned and confirmed; at another server when the first one wants it so.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.LoginTimeout"/> when none was; or the server refused the login or could not be reached.</exception>
    public async Task<LoginResult> QrAsync(CancellationToken cancellationToken)
    {
        bool isUnconfirmed = true;
        for (int attempt = 1; attempt <= MaxCodes; attempt++)
        {
            string uuid = (attempt == 1 ? Code : null) ?? await AskAsync(
                LoginRequests.NewCode(_servers, mode, time.GetUtcNow()), body => NewCodeReply.Parse(body.Span), cancellationToken)
                .ConfigureAwait(false);
            report(new LoginEvent.QrCode(LoginRequests.CodeText(_servers, uuid), attempt, MaxCodes));
            Uri? redirect = await WaitForPhoneAsync(_servers, uuid, cancellationToken).ConfigureAwait(false);
            isUnconfirmed = redirect is null;
            if (redirect is not null && await EnterAsync(redirect, cancellationToken).ConfigureAwait(false) is { } session) return session;
        }

        throw isUnconfirmed
            ? new WeChatException(WeChatErrorReason.LoginTimeout, $"None of {MaxCodes} codes was scanned and confirmed.")
            : new WeChatException(WeChatErrorReason.Unreachable, "WeChat sends the login from server to server.");
    }

    /// <summary>Polls until the phone confirms, declines or lets the code grow old.</summary>
    /// <returns>Where to go on; null when it was not confirmed.</returns>
    private async Task<Uri?> WaitForPhoneAsync(WebEndpoints servers, string uuid, CancellationToken cancellationToken)
    {
        var guard = new TurnGuard(time);
        bool scanned = false;
        while (true)
        {
            long started = time.GetTimestamp();
            LoginPollReply poll = await PollAsync(servers, uuid, scanned, cancellationToken).ConfigureAwait(false);
            switch (poll.Progress)
            {
                case LoginProgress.Scanned when !scanned:
                    report(new LoginEvent.Scanned(poll.Avatar));
                    scanned = true;
                    break;
                case LoginProgress.Waiting or LoginProgress.Scanned:
                    await time.DelayAsync(guard.Empty(time.GetElapsedTime(started)), cancellationToken).ConfigureAwait(false);
                    break;
                case LoginProgress.Confirmed:
                    report(new LoginEvent.Confirmed());
                    return poll.Redirect;
                case LoginProgress.Cancelled:
                    report(new LoginEvent.Cancelled());
                    return null;
                default:
                    report(new LoginEvent.Expired());
                    return null;
            }
        }
    }

    /// <summary>One login poll; trouble on the way is waited out for a while, since a person stands there with the phone.</summary>
    private async Task<LoginPollReply> PollAsync(
        WebEndpoints servers, string uuid, bool scanned, CancellationToken cancellationToken)
    {
        var trouble = new BackOff(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(10), random);
        DateTimeOffset? giveUpAt = null;
        while (true)
        {
            try
            {
                WireReply reply = await http.SendAsync(
                    LoginRequests.Poll(servers, uuid, scanned, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
                LoginPollReply poll = LoginPollReply.Parse(reply.Body.Span);

                // a server that fails for a moment still knows the code
                if (poll.Progress != LoginProgress.Failed || IsTooLong()) return poll;
            }
            catch (Exception e) when (e is WireException or WireReplyException)
            {
                if (IsTooLong()) throw Unreachable(e);
            }

            await time.DelayAsync(trouble.Next(), cancellationToken).ConfigureAwait(false);
        }

        bool IsTooLong()
        {
            DateTimeOffset now = time.GetUtcNow();
            giveUpAt ??= now + s_giveUpAfter;
            return now >= giveUpAt;
        }
    }

    /// <summary>Exchanges a confirmed login for a session.</summary>
    /// <returns>The session; null when the login has to begin anew at another server.</returns>
    private async Task<LoginResult?> EnterAsync(Uri redirect, CancellationToken cancellationToken)
    {
        WebEndpoints servers = _servers.Follow(redirect);
        LoginPageReply page = await AskAsync(
            LoginRequests.LoginPage(servers, redirect, mode), body => LoginPageReply.Parse(body.Span), cancellationToken)
            .ConfigureAwait(false);
        if (page.IsRefused)
        {
            string words = page.Message.Length > 0 ? DisplayText.Visible(page.Message) : "it gives no reason";
            throw new WeChatException(WeChatErrorReason.LoginRefused, $"WeChat refuses this login (code {page.Ret}): {words}")
            {
                ServerCode = page.Ret,
            };
        }

        if (page.Elsewhere is not null)
        {
            _servers = _servers.Follow(page.Elsewhere);
            WasSentElsewhere = true;
            report(new LoginEvent.SentElsewhere(_servers.Api.Authority));
            return null;
        }

        WebCredentials credentials = page.ToCredentials(DeviceId ?? WebCredentials.NewDeviceId());
        InitReply init = await InitAsync(servers, credentials, cancellationToken).ConfigureAwait(false);
        return init.IsUsable
            ? new LoginResult(servers, credentials.WithSkey(init.Skey), init)
            : throw init.Response.ToException("webwxinit");
    }

    private Task<InitReply> InitAsync(WebEndpoints servers, WebCredentials credentials, CancellationToken cancellationToken) =>
        AskAsync(LoginRequests.Init(servers, credentials, time.GetUtcNow()), body => InitReply.Parse(body.Span), cancellationToken);

    private async Task<T> AskAsync<T>(WireRequest request, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken)
    {
        try
        {
            WireReply reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return reply.Status < FirstError
                ? parse(reply.Body)
                : throw new WeChatException(WeChatErrorReason.Unreachable, $"The server answers {request.Endpoint} with HTTP status {reply.Status}.");
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            throw Unreachable(e);
        }
    }

    private static WeChatException Unreachable(Exception e) => new(WeChatErrorReason.Unreachable, e.Message, e);
}

using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Sessions;
using WeChatPS.Sync;

namespace WeChatPS.Web;

/// <summary>The login methods: resume, push and QR code. Each returns a session, or null when the next method must be tried.</summary>
/// <param name="http">The connections to the servers.</param>
/// <param name="endpoints">The servers at which the login starts.</param>
/// <param name="mode">The client to log in as.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The source of jitter, from 0 to 1.</param>
/// <param name="report">Called with the progress.</param>
internal sealed class WebLogin(
    WeChatHttp http, WebEndpoints endpoints, WeChatLoginMode mode, TimeProvider time, Func<double> random, Action<LoginEvent> report)
{
    /// <summary>The number of QR codes that are shown before the login fails.</summary>
    public const int MaxCodes = 3;

    // The first HTTP status that is an error.
    private const int FirstError = 400;

    private static readonly TimeSpan s_giveUpAfter = TimeSpan.FromSeconds(60);

    private WebEndpoints _servers = endpoints;

    /// <summary>The device id; null for a random one.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The uuid of an existing QR code to wait for first, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the server redirected the login to another server, where a QR code is needed.</summary>
    public bool WasSentElsewhere { get; private set; }

    /// <summary>Whether <see cref="PushAsync"/> requested the confirmation on the phone.</summary>
    public bool HasAskedPhone { get; private set; }

    /// <summary>Resumes a saved session.</summary>
    /// <param name="servers">The session's servers.</param>
    /// <param name="saved">The saved credentials.</param>
    /// <param name="userName">The account's user name in this login; empty if unknown.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The session; null when two responses in a row say that it is over.</returns>
    /// <exception cref="WeChatException">The server could not be reached, throttles the account, or sent another account's data.</exception>
    public async Task<LoginResult?> ResumeAsync(WebEndpoints servers, WebCredentials saved, string userName, CancellationToken cancellationToken)
    {
        InitReply init = await InitAsync(servers, saved, cancellationToken).ConfigureAwait(false);
        if (init.IsSessionOver)
        {
            await time.DelayAsync(SyncLoop.ConfirmAfter, cancellationToken).ConfigureAwait(false);
            init = await InitAsync(servers, saved, cancellationToken).ConfigureAwait(false);
        }

        if (init.IsUsable) return Entered(servers, saved, init, userName);
        return init.IsSessionOver ? null : throw init.Response.ToException("webwxinit");
    }

    /// <summary>Requests a confirmation on the phone of the last login, without a QR code.</summary>
    /// <returns>The session; null when the server or the person declined, or the server redirected the login.</returns>
    /// <exception cref="WeChatException">The server could not be reached, or refused the login.</exception>
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

    /// <summary>Shows QR codes until one is scanned and confirmed, and follows a redirect to another server.</summary>
    /// <exception cref="WeChatException"><see cref="WeChatErrorReason.LoginTimeout"/> when no QR code was confirmed; or the server refused the login or could not be reached.</exception>
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
            ? new WeChatException(WeChatErrorReason.LoginTimeout, $"None of {MaxCodes} QR codes was scanned and confirmed in time.")
            : new WeChatException(WeChatErrorReason.Unreachable, "WeChat redirected the login too many times.");
    }

    /// <summary>Polls until the login is confirmed or cancelled on the phone, or the QR code expires.</summary>
    /// <returns>The redirect; null without a confirmation.</returns>
    private async Task<Uri?> WaitForPhoneAsync(WebEndpoints servers, string uuid, CancellationToken cancellationToken)
    {
        var budget = new RequestBudget(time);
        bool scanned = false;
        while (true)
        {
            await budget.TakeAsync(cancellationToken).ConfigureAwait(false);
            LoginPollReply poll = await PollAsync(servers, uuid, scanned, cancellationToken).ConfigureAwait(false);
            switch (poll.Progress)
            {
                case LoginProgress.Scanned when !scanned:
                    report(new LoginEvent.Scanned(poll.Avatar));
                    scanned = true;
                    break;
                case LoginProgress.Waiting or LoginProgress.Scanned:
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

    /// <summary>Polls once. Failures are retried for a while, because a person is waiting with the phone.</summary>
    private async Task<LoginPollReply> PollAsync(
        WebEndpoints servers, string uuid, bool scanned, CancellationToken cancellationToken)
    {
        var trouble = new BackOff(TimeSpan.FromSeconds(1), 1.5, TimeSpan.FromSeconds(10), random);
        Countdown? patience = null;
        while (true)
        {
            try
            {
                WireReply reply = await http.SendAsync(
                    LoginRequests.Poll(servers, uuid, scanned, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
                LoginPollReply poll = LoginPollReply.Parse(reply.Body.Span);

                // After a temporary server failure, the QR code is still valid.
                if (poll.Progress != LoginProgress.Failed || IsTooLong()) return poll;
            }
            catch (Exception e) when (e is WireException or WireReplyException)
            {
                if (IsTooLong()) throw Unreachable(e);
            }

            await time.DelayAsync(trouble.Next(), cancellationToken).ConfigureAwait(false);
        }

        bool IsTooLong() => (patience ??= new Countdown(time, s_giveUpAfter)).IsOver;
    }

    /// <summary>Exchanges a confirmed login for a session.</summary>
    /// <returns>The session; null when the login must start again at another server.</returns>
    private async Task<LoginResult?> EnterAsync(Uri redirect, CancellationToken cancellationToken)
    {
        WebEndpoints servers = _servers.Follow(redirect);
        LoginPageReply page = await AskAsync(
            LoginRequests.LoginPage(servers, redirect, mode), body => LoginPageReply.Parse(body.Span), cancellationToken)
            .ConfigureAwait(false);
        if (page.IsRefused)
        {
            string words = page.Message.Length > 0 ? DisplayText.Visible(page.Message) : "no reason given";
            throw new WeChatException(WeChatErrorReason.LoginRefused, $"WeChat refused the login (code {page.Ret}): {words}")
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
        return init.IsUsable ? Entered(servers, credentials, init, userName: "") : throw init.Response.ToException("webwxinit");
    }

    private static LoginResult Entered(WebEndpoints servers, WebCredentials credentials, InitReply init, string userName) =>
        OwnAccount.IsOf(init, credentials.Uin, userName)
            ? new LoginResult(servers, credentials.WithSkey(init.Skey), init)
            : throw new WeChatException(
                WeChatErrorReason.Unreachable,
                "WeChat answered with the data of another account, so the login was stopped. Run Connect-WeChat again. If this happens again, use -Login Qr.");

    private Task<InitReply> InitAsync(WebEndpoints servers, WebCredentials credentials, CancellationToken cancellationToken) =>
        AskAsync(LoginRequests.Init(servers, credentials, time.GetUtcNow()), body => InitReply.Parse(body.Span), cancellationToken);

    private async Task<T> AskAsync<T>(WireRequest request, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken)
    {
        try
        {
            WireReply reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return reply.Status < FirstError
                ? parse(reply.Body)
                : throw new WeChatException(WeChatErrorReason.Unreachable, $"The server responded to {request.Endpoint} with HTTP status {reply.Status}.");
        }
        catch (Exception e) when (e is WireException or WireReplyException)
        {
            throw Unreachable(e);
        }
    }

    private static WeChatException Unreachable(Exception e) => new(WeChatErrorReason.Unreachable, e.Message, e);
}

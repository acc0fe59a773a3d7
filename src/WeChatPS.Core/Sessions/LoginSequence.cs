using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>Tries the login methods in order. Only a refusal that the server repeats leads to the next method.</summary>
internal sealed class LoginSequence(ConnectOptions options, WebLogin login, CookieJar cookies, Action<LoginEvent> report)
{
    /// <summary>Called before a login method that needs a person. It throws if the login could not be saved.</summary>
    public Action? LoginStarting { get; init; }

    /// <param name="saved">The session to resume; null without one.</param>
    /// <param name="whyNone">The reason why no session is saved, as a sentence.</param>
    /// <param name="cancellationToken">Cancels the login.</param>
    /// <returns>The session, and whether it is the saved one.</returns>
    /// <exception cref="WeChatException">All login methods failed.</exception>
    public async Task<(LoginResult Session, bool IsResumed)> RunAsync(
        SavedSession? saved, string whyNone, CancellationToken cancellationToken)
    {
        if (options.Login is WeChatLoginMethod.Auto or WeChatLoginMethod.Resume)
        {
            if (saved is not null && await ResumeAsync(saved, cancellationToken).ConfigureAwait(false) is { } resumed) return (resumed, true);
            string why = saved is null ? whyNone : $"WeChat no longer accepts the saved session '{options.Name}'.";
            if (options.Login == WeChatLoginMethod.Resume) throw LoginRequired(why);
            if (options.NonInteractive) throw LoginRequired($"{why} Without a terminal or with -NonInteractive, -Login Auto starts no new login.");
        }

        LoginStarting?.Invoke();
        if (options.Login is WeChatLoginMethod.Auto or WeChatLoginMethod.Push)
        {
            if (saved is not null && await PushAsync(saved, cancellationToken).ConfigureAwait(false) is { } pushed) return (pushed, false);
            if (options.Login == WeChatLoginMethod.Push)
            {
                throw saved is null ? LoginRequired($"{whyNone} Push login requires a saved session.")
                    : login.WasSentElsewhere ? LoginRequired("WeChat redirected this login to another server, which requires a QR code.")
                    : !login.HasAskedPhone ? LoginRequired("WeChat does not allow a push login now and requires a QR code.")
                    : new WeChatException(WeChatErrorReason.LoginTimeout, "The login was not confirmed on the phone.");
            }
        }

        // Servers have refused logins again and again because of cookies from another login.
        cookies.Clear();
        return (await login.QrAsync(cancellationToken).ConfigureAwait(false), false);
    }

    private async Task<LoginResult?> ResumeAsync(SavedSession saved, CancellationToken cancellationToken)
    {
        report(new LoginEvent.Resuming());
        cookies.Load(saved.Cookies);
        LoginResult? resumed = await login.ResumeAsync(
            Servers(saved), saved.Credentials, saved.SelfUserName, cancellationToken).ConfigureAwait(false);
        if (resumed is null) report(new LoginEvent.ResumeFailed("WeChat no longer accepts the saved session."));
        return resumed;
    }

    private Task<LoginResult?> PushAsync(SavedSession saved, CancellationToken cancellationToken)
    {
        cookies.Load(saved.Cookies);
        return login.PushAsync(Servers(saved), saved.Credentials.Uin, cancellationToken);
    }

    private static WebEndpoints Servers(SavedSession saved) =>
        saved.Endpoint is not null ? WebEndpoints.Single(saved.Endpoint) : WebEndpoints.ForAuthority(saved.ApiAuthority ?? "");

    private static WeChatException LoginRequired(string why) => new(WeChatErrorReason.LoginRequired, why);
}

using System;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Http;
using WeChatPS.Web;

namespace WeChatPS.Sessions;

/// <summary>Which ways into a session are tried, and in which order. Only the server's word, given twice, leads one step down.</summary>
internal sealed class LoginLadder(ConnectOptions options, WebLogin login, CookieJar cookies, Action<LoginEvent> report)
{
    /// <summary>Called before a person is asked for anything; throws what would make that vain.</summary>
    public Action? Asking { get; init; }

    /// <param name="saved">The session to resume; null when there is none.</param>
    /// <param name="whyNone">Why there is none, in a sentence.</param>
    /// <param name="cancellationToken">Ends the login.</param>
    /// <returns>The session, and whether it is the saved one.</returns>
    /// <exception cref="WeChatException">No way led in.</exception>
    public async Task<(LoginResult Session, bool IsResumed)> ClimbAsync(
        SavedSession? saved, string whyNone, CancellationToken cancellationToken)
    {
        if (options.Login is WeChatLoginMethod.Auto or WeChatLoginMethod.Resume)
        {
            if (saved is not null && await ResumeAsync(saved, cancellationToken).ConfigureAwait(false) is { } resumed) return (resumed, true);
            string why = saved is null ? whyNone : $"WeChat no longer accepts the saved session '{options.Name}'.";
            if (options.Login == WeChatLoginMethod.Resume) throw LoginRequired(why);
            if (options.NonInteractive) throw LoginRequired($"{why} Without a terminal, and with -NonInteractive, nobody is asked to log in.");
        }

        Asking?.Invoke();
        if (options.Login is WeChatLoginMethod.Auto or WeChatLoginMethod.Push)
        {
            if (saved is not null && await PushAsync(saved, cancellationToken).ConfigureAwait(false) is { } pushed) return (pushed, false);
            if (options.Login == WeChatLoginMethod.Push)
            {
                throw saved is null ? LoginRequired($"{whyNone} So no phone is known that could be asked.")
                    : login.WasSentElsewhere ? LoginRequired("WeChat wants this login at another server: a code has to be scanned.")
                    : !login.HasAskedPhone ? LoginRequired("WeChat does not let the phone be asked this time: a code has to be scanned.")
                    : new WeChatException(WeChatErrorReason.LoginTimeout, "The login was not confirmed on the phone.");
            }
        }

        // cookies of another login have led to endless refusals
        cookies.Clear();
        return (await login.QrAsync(cancellationToken).ConfigureAwait(false), false);
    }

    private async Task<LoginResult?> ResumeAsync(SavedSession saved, CancellationToken cancellationToken)
    {
        report(new LoginEvent.Resuming());
        cookies.Load(saved.Cookies);
        LoginResult? resumed = await login.ResumeAsync(Servers(saved), saved.Credentials, cancellationToken).ConfigureAwait(false);
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

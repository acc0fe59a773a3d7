using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>The accounts' phones, which scan and confirm QR codes automatically or on request. Several phones take turns.</summary>
public sealed class Phone
{
    private readonly World _world;
    private readonly List<Account> _turns;

    internal Phone(World world, IEnumerable<Account> turns)
    {
        _world = world;
        _turns = [.. turns];
        Account = _turns[0];
    }

    /// <summary>The account whose phone scans next.</summary>
    public Account Account { get; set; }

    /// <summary>Scans a QR code.</summary>
    /// <param name="uuid">The uuid of the QR code; null for the newest open one.</param>
    /// <exception cref="EmulatorException">The QR code is unknown or no longer open.</exception>
    public void Scan(string? uuid = null) => Scan(Open(uuid));

    /// <summary>Confirms a login, and scans the QR code first if necessary.</summary>
    /// <param name="uuid">The uuid of the QR code; null for the newest open one.</param>
    /// <exception cref="EmulatorException">The QR code is unknown or no longer open.</exception>
    public void Confirm(string? uuid = null) => Confirm(Open(uuid));

    /// <summary>Cancels a login, so that the client must show a new QR code.</summary>
    /// <param name="uuid">The uuid of the QR code; null for the newest open one.</param>
    /// <exception cref="EmulatorException">The QR code is unknown or no longer open.</exception>
    public void Cancel(string? uuid = null) => Open(uuid).Become(LoginCodeState.Cancelled);

    /// <summary>Lets a QR code expire.</summary>
    /// <param name="uuid">The uuid of the QR code; null for the newest open one.</param>
    /// <exception cref="EmulatorException">The QR code is unknown or no longer open.</exception>
    public void Expire(string? uuid = null) => Open(uuid).Become(LoginCodeState.Expired);

    /// <summary>Logs out the account's web sessions, as on the phone (1100).</summary>
    public void Logout()
    {
        foreach (WebSession session in Account.Sessions)
        {
            _world.End(session, 1100);
        }
    }

    /// <summary>Scans and confirms a new QR code automatically.</summary>
    internal async Task ServeAsync(LoginCode code)
    {
        EmulatorOptions options = _world.Options;
        if (!options.AutoPhone)
        {
            return;
        }

        bool isPush = code.State == LoginCodeState.Scanned;
        if (!isPush && await StaysOpenAsync(code, options.ScanDelay).ConfigureAwait(false))
        {
            Scan(code);
        }

        if (await StaysOpenAsync(code, options.ConfirmDelay).ConfigureAwait(false))
        {
            Confirm(code);
        }
    }

    private async Task<bool> StaysOpenAsync(LoginCode code, TimeSpan time)
    {
        await Task.Delay(time, _world.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return code.IsOpen && !_world.Stopping.IsCancellationRequested;
    }

    private void Scan(LoginCode code)
    {
        code.Account ??= TakeTurn();
        code.ScanTime = DateTimeOffset.UtcNow;
        code.Become(LoginCodeState.Scanned);
    }

    private void Confirm(LoginCode code)
    {
        code.Account ??= TakeTurn();
        code.ScanTime = code.ScanTime == default ? DateTimeOffset.UtcNow : code.ScanTime;
        code.Ticket = Ids.Ticket() + "@qrticket_0";
        code.Become(LoginCodeState.Confirmed);
    }

    /// <returns>The account that scans now. An account that does not take turns scans again.</returns>
    private Account TakeTurn()
    {
        lock (_world.Gate)
        {
            Account account = Account;
            int turn = _turns.IndexOf(account);
            Account = turn < 0 ? account : _turns[(turn + 1) % _turns.Count];
            return account;
        }
    }

    private LoginCode Open(string? uuid)
    {
        LoginCode? code = uuid is null ? _world.NewestOpenCode() : _world.CodeOf(uuid);
        return code switch
        {
            null when uuid is null => throw new EmulatorException("no QR code is waiting to be scanned. Start a login first"),
            null => throw new EmulatorException($"there is no QR code '{uuid}'"),
            { IsOpen: false } => throw new EmulatorException($"the QR code '{code.Uuid}' is already {code.State}"),
            _ => code,
        };
    }
}

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>The accounts' phones: they scan and confirm login codes, by themselves or when told to. Where there are several they take turns.</summary>
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

    /// <summary>Whose phone scans next.</summary>
    public Account Account { get; set; }

    /// <summary>Scans a login code.</summary>
    /// <param name="uuid">The code; null: the newest that is open.</param>
    /// <exception cref="EmulatorException">There is no such code, or it is no longer open.</exception>
    public void Scan(string? uuid = null) => Scan(Open(uuid));

    /// <summary>Confirms a login, scanning first where that was not done.</summary>
    /// <param name="uuid">The code; null: the newest that is open.</param>
    /// <exception cref="EmulatorException">There is no such code, or it is no longer open.</exception>
    public void Confirm(string? uuid = null) => Confirm(Open(uuid));

    /// <summary>Presses cancel: the client has to show a new code.</summary>
    /// <param name="uuid">The code; null: the newest that is open.</param>
    /// <exception cref="EmulatorException">There is no such code, or it is no longer open.</exception>
    public void Cancel(string? uuid = null) => Open(uuid).Become(LoginCodeState.Cancelled);

    /// <summary>Lets a code expire.</summary>
    /// <param name="uuid">The code; null: the newest that is open.</param>
    /// <exception cref="EmulatorException">There is no such code, or it is no longer open.</exception>
    public void Expire(string? uuid = null) => Open(uuid).Become(LoginCodeState.Expired);

    /// <summary>Signs the account's web sessions out, as "log out of web WeChat" on the phone does (1100).</summary>
    public void Logout()
    {
        foreach (WebSession session in Account.Sessions)
        {
            _world.End(session, 1100);
        }
    }

    /// <summary>What the phone does with a new code by itself.</summary>
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

    /// <returns>Who scans this time; after an account that is not among those that take turns, it again.</returns>
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
            null when uuid is null => throw new EmulatorException("no login code is waiting for the phone: let a client ask for one first"),
            null => throw new EmulatorException($"there is no login code '{uuid}'"),
            { IsOpen: false } => throw new EmulatorException($"the login code '{code.Uuid}' is {code.State} already"),
            _ => code,
        };
    }
}

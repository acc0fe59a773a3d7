using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace WeChatPS.Emulator.Control;

/// <summary>The POST and DELETE requests of the control interface.</summary>
internal sealed class ControlCommands(WeChatEmulator emulator)
{
    private const int MaxCount = 1_000_000;
    private const string Ticks = "{ticks}";

    public object ForgetRequests()
    {
        emulator.Requests.Clear();
        return new { };
    }

    public object Deliver(MessageCommand command)
    {
        Account account = AccountOf(command.Account);
        if (command.Count is < 1 or > MaxCount)
        {
            throw new EmulatorException($"count must be from 1 to {MaxCount}");
        }

        IncomingMessage message = command.ToMessage();
        var ids = new List<string>(command.Count);
        for (int n = 1; n <= command.Count; n++)
        {
            ids.Add(account.Deliver(Timed(command.Count == 1 ? message : Numbered(message, n))));
        }

        return new { msgId = ids[^1], msgIds = ids };
    }

    public object AddFault(FaultCommand command) => FaultView.Of(emulator.Faults.Add(command.ToFault()));

    public object RemoveFaults(IReadOnlyDictionary<string, string> query)
    {
        if (!query.TryGetValue("id", out string? id))
        {
            return new { removed = emulator.Faults.Clear(query.GetValueOrDefault("endpoint")) };
        }

        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || !emulator.Faults.Remove(number))
        {
            throw new EmulatorException($"there is no fault {id}. GET /emulator/status lists the faults");
        }

        return new { removed = 1 };
    }

    public object Phone(PhoneCommand command)
    {
        Phone phone = emulator.Phone;
        if (command.Account is not null)
        {
            phone.Account = AccountOf(command.Account);
        }

        switch (command.Action)
        {
            case "scan":
                phone.Scan(command.Uuid);
                break;
            case "confirm":
                phone.Confirm(command.Uuid);
                break;
            case "cancel":
                phone.Cancel(command.Uuid);
                break;
            case "expire":
                phone.Expire(command.Uuid);
                break;
            case "logout":
                phone.Logout();
                break;
            case "activity":
                phone.Account.PhoneActivity();
                break;
            default:
                throw new EmulatorException("action must be scan, confirm, cancel, expire, logout or activity");
        }

        return new { };
    }

    public object Contact(ContactCommand command)
    {
        Account account = AccountOf(command.Account);
        if (string.IsNullOrEmpty(command.Name))
        {
            throw new EmulatorException("name is required: the contact");
        }

        switch (command.Action)
        {
            case "add":
                Contact added = Add(account, command);
                Mark(account, added, command);
                return ContactView.Of(added);
            case "rename":
                Contact renamed = command.Name == account.NickName || command.Name == account.Id ? account.Me : account.Contact(command.Name);
                account.Rename(renamed, command.NewName, command.Remark);
                Mark(account, renamed, command);
                return ContactView.Of(renamed);
            case "delete":
                Contact removed = account.Contact(command.Name);
                account.Remove(removed);
                return ContactView.Of(removed);
            case "join":
                Contact joined = account.Contact(command.Name);
                foreach (GroupMember newcomer in Members(account, command)) account.Join(joined, newcomer);
                return ContactView.Of(joined);
            case "leave":
                return Leave(account, command);
            case "nickname":
                return Nickname(account, command);
            default:
                throw new EmulatorException("action must be add, rename, delete, join, leave or nickname");
        }
    }

    public object Kick(KickCommand command)
    {
        List<WebSession> ended = [.. emulator.Sessions.Where(s => s.EndCode == 0 && (command.Sid is null || s.Sid == command.Sid))];
        if (command.Sid is not null && ended.Count == 0)
        {
            throw new EmulatorException($"no live session has the sid '{command.Sid}'. GET /emulator/status lists the sessions");
        }

        foreach (WebSession session in ended)
        {
            emulator.Kick(session, command.Code);
        }

        return new { ended = ended.Count };
    }

    public object Set(SettingsCommand command)
    {
        EmulatorOptions options = emulator.Options;
        options.FileRanges = command.FileRanges ?? options.FileRanges;
        options.InviteStartCount = command.InviteStartCount ?? options.InviteStartCount;
        return new { fileRanges = options.FileRanges, inviteStartCount = options.InviteStartCount };
    }

    public object Rotate(RotateCommand command)
    {
        switch (command.What)
        {
            case "skey":
                emulator.RotateSKey();
                break;
            case "dataTicket":
                emulator.RotateDataTicket();
                break;
            default:
                throw new EmulatorException("what must be skey or dataTicket");
        }

        return new { };
    }

    private static Contact Add(Account account, ContactCommand command)
    {
        switch (command.Kind)
        {
            case ContactKind.Friend:
                return account.AddFriend(command.Name!, command.Remark ?? "");
            case ContactKind.Official:
                return account.AddOfficialAccount(command.Name!);
            case ContactKind.Group:
                return account.AddGroup(command.Name!, Members(account, command), isSaved: !command.Silent, isSilent: command.Silent);
            default:
                throw new EmulatorException("kind must be friend, official or group");
        }
    }

    // Sets the flags and the pinyin.
    private static void Mark(Account account, Contact contact, ContactCommand command)
    {
        if (command is { ContactFlag: null, VerifyFlag: null, Pinyin: null })
        {
            return;
        }

        contact.ContactFlag = command.ContactFlag ?? contact.ContactFlag;
        contact.VerifyFlag = command.VerifyFlag ?? contact.VerifyFlag;
        contact.Pinyin = command.Pinyin ?? contact.Pinyin;
        account.Rename(contact);
    }

    private static object Leave(Account account, ContactCommand command)
    {
        Contact group = account.Contact(command.Name!);
        foreach (string name in command.Members)
        {
            account.Leave(group, Account.Member(group, name).Person);
        }

        return ContactView.Of(group);
    }

    private static object Nickname(Account account, ContactCommand command)
    {
        Contact group = account.Contact(command.Name!);
        foreach (string name in command.Members)
        {
            account.RenameMember(group, Account.Member(group, name).Person, command.NewName ?? "");
        }

        return ContactView.Of(group);
    }

    private static IEnumerable<GroupMember> Members(Account account, ContactCommand command) =>
        command.Members.Select(name => new GroupMember(account.Find(name) ?? Account.NewStranger(name)));

    private static IncomingMessage Numbered(IncomingMessage message, int n) =>
        message with { Text = message.Text.Replace("{n}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) };

    private static IncomingMessage Timed(IncomingMessage message) =>
        message.Text.Contains(Ticks, StringComparison.Ordinal)
            ? message with { Text = message.Text.Replace(Ticks, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) }
            : message;

    private Account AccountOf(string? name)
    {
        if (name is null)
        {
            return emulator.Self;
        }

        return emulator.Accounts.FirstOrDefault(account => account.NickName == name || account.Id == name)
            ?? throw new EmulatorException(
                $"no account has the name '{name}'. Known names: {string.Join(", ", emulator.Accounts.Select(account => account.NickName))}");
    }
}

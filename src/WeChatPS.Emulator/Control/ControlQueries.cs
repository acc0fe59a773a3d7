using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace WeChatPS.Emulator.Control;

/// <summary>The GET requests of the control interface.</summary>
internal sealed class ControlQueries(WeChatEmulator emulator)
{
    public object Status() => new
    {
        endpoint = emulator.Endpoint,
        processId = Environment.ProcessId,
        accounts = emulator.Accounts.Select(account => new { name = account.NickName, uin = account.Uin, sessions = account.Sessions.Count }),
        contacts = emulator.Self.Contacts.Select(ContactView.Of),
        sessions = emulator.Sessions.Select(session => new
        {
            sid = session.Sid,
            account = session.Account.NickName,
            desktop = session.IsDesktop,
            endCode = session.EndCode,
        }),
        faults = emulator.Faults.Planned.Select(FaultView.Of),
        counters = new
        {
            requests = emulator.Counters.Requests,
            polls = emulator.Counters.Polls,
            openPolls = emulator.Counters.OpenPolls,
            syncs = emulator.Counters.Syncs,
            sends = emulator.Counters.Sends,
            messagesHandedOut = emulator.Counters.MessagesHandedOut,
        },
    };

    public object Requests(IReadOnlyDictionary<string, string> query)
    {
        long after = Number(query, "after", 0);
        long last = Number(query, "last", int.MaxValue);
        return emulator.Requests.Get(query.GetValueOrDefault("endpoint"))
            .Where(request => request.Number > after)
            .TakeLast((int)Math.Min(last, int.MaxValue))
            .Select(request => new
            {
                number = request.Number,
                time = request.Time,
                method = request.Method,
                endpoint = request.Endpoint,
                path = request.Path,
                query = request.Query,
                headers = request.Headers.Select(header => new { name = header.Key, value = header.Value }),
                body = request.Body,
                bodyLength = request.BodyLength,
                status = request.Status,
                ret = request.Ret,
                fault = request.Fault,
                elapsedMs = request.Elapsed?.TotalMilliseconds,
                abandoned = request.IsAbandoned,
            });
    }

    public object Sent() => emulator.Sent.Select(message => new
    {
        msgId = message.MsgId,
        clientMsgId = message.ClientMsgId,
        time = message.Time,
        endpoint = message.Endpoint,
        sid = message.Session.Sid,
        to = message.To.ToString(),
        type = message.Type,
        text = message.Text,
        mediaId = message.MediaId,
        fileName = message.FileName,
        size = message.Data.Length,
        mentions = message.Mentions.Select(contact => contact.ToString()),
        droppedCopies = message.DroppedCopies,
        revoked = message.IsRevoked,
    });

    private static long Number(IReadOnlyDictionary<string, string> query, string name, long usual)
    {
        if (!query.TryGetValue(name, out string? text))
        {
            return usual;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new EmulatorException($"{name} must be a number");
    }
}

/// <summary>A fault in the control interface.</summary>
internal static class FaultView
{
    public static object Of(PlannedFault planned) => new
    {
        id = planned.Id,
        endpoint = planned.Fault.Endpoint,
        kind = planned.Fault.Kind,
        count = planned.Fault.Count,
        code = planned.Fault.Code,
        text = planned.Fault.Text,
        contact = planned.Fault.Contact,
        delayMs = planned.Fault.Delay.TotalMilliseconds,
        paceMs = planned.Fault.Pace.TotalMilliseconds,
        probability = planned.Fault.Probability,
        seed = planned.Fault.Seed,
        hits = planned.Hits,
        remaining = planned.Remaining,
    };
}

/// <summary>A contact in the control interface.</summary>
internal static class ContactView
{
    public static object Of(Contact contact) => new
    {
        id = contact.Id,
        name = contact.NickName,
        remark = contact.RemarkName,
        kind = contact.Kind,
        members = contact.Kind == ContactKind.Group
            ? contact.Members.Select(member => new { name = member.Person.NickName, displayName = member.DisplayName }).ToList()
            : null,
        invited = contact.Kind == ContactKind.Group ? contact.Invited.Select(person => person.NickName).ToList() : null,
    };
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using WeChatPS.Emulator.State;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.Faults;

/// <summary>The faults of webwxsync's content.</summary>
internal static class SyncFaults
{
    /// <summary>Three invalid items: wrong types, not an object, and unexpected nesting.</summary>
    private static readonly ReadOnlyMemory<byte>[] s_garbage =
    [
        .. new[]
        {
            "{\n\"MsgId\": 17,\n\"FromUserName\": null,\n\"MsgType\": \"text\",\n\"Content\": {\n\"a\": []\n}\n}\n",
            "\"not an object\"\n",
            "{\n\"MsgId\": \"\",\n\"MsgType\": 99999999999999999999,\n\"RecommendInfo\": [1, 2]\n}\n",
        }.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)),
    ];

    public static SyncTurn Apply(Fault fault, SyncTurn turn, WebSession session, IReadOnlyDictionary<int, long> keys)
    {
        switch (fault.Kind)
        {
            case FaultKind.ClockOnlyKey:
                IReadOnlyList<KeyValuePair<int, long>> ticked = Ticked(session, keys);
                return new([], [], false, ticked, ticked);
            case FaultKind.ContinueWithoutItems:
                KeyValuePair<int, long>[] same = [.. keys];
                return new([], [], true, same, same);
            case FaultKind.MissingKeys:
                return turn with { SyncKey = null, SyncCheckKey = null };
            case FaultKind.WrongKeyCount:
                return turn with { ExtraKeys = 1 };
            case FaultKind.GarbageItem:
                return turn with { Messages = [s_garbage[0], .. turn.Messages.SelectMany(item => new[] { item, s_garbage[1] }), s_garbage[2]] };
            case FaultKind.NumericFileSize:
                return turn with { Messages = [.. turn.Messages.Select(NumericFileSize)] };
            case FaultKind.Duplicate:
                return turn with { Messages = [.. turn.Messages, .. turn.Messages] };
            default:
                return turn;
        }
    }

    /// <summary>Gets the client's keys with only the clock (201) changed.</summary>
    private static KeyValuePair<int, long>[] Ticked(WebSession session, IReadOnlyDictionary<int, long> keys)
    {
        var ticked = new SortedDictionary<int, long>();
        foreach ((int key, long value) in keys)
        {
            ticked[key] = value;
        }

        long clock = ticked.GetValueOrDefault(SyncKeys.Clock, session.LoginTime.ToUnixTimeSeconds());
        ticked[SyncKeys.Clock] = Math.Max(clock + 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        return [.. ticked];
    }

    private static ReadOnlyMemory<byte> NumericFileSize(ReadOnlyMemory<byte> item)
    {
        const string Name = "\"FileSize\": \"";
        string json = Encoding.UTF8.GetString(item.Span);
        int at = json.IndexOf(Name, StringComparison.Ordinal);
        int end = at < 0 ? -1 : json.IndexOf('"', at + Name.Length);
        if (end < 0)
        {
            return item;
        }

        string size = json[(at + Name.Length)..end];
        return Encoding.UTF8.GetBytes($"{json[..at]}\"FileSize\": {(size.Length > 0 ? size : "0")}{json[(end + 1)..]}");
    }
}

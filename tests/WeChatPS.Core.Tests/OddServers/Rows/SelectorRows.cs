using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace WeChatPS.Core.Tests.OddServers.Rows;

/// <summary>Polls that announce what is not there, or do not announce what is.</summary>
internal static class SelectorRows
{
    private static readonly Func<string, Action<OddStage>, OddServer> s_row = OddServer.In("selectors");

    public static IEnumerable<OddServer> All =>
    [
        s_row("2 at once, for nothing", stage => stage.Announces()) with { Delivers = true },
        s_row("7 at once, for nothing", stage => stage.Polls(Odd.Poll("0", "7"))) with { Delivers = true },
        s_row("0 at once", stage => stage.Polls(Odd.Poll("0", "0"))) with { Delivers = true },
        s_row("every selector in turn, at once", InTurn("1", "2", "3", "4", "5", "6", "7", "0", "99999", "-1")) with { Delivers = true },
        s_row("selectors that are no numbers", InTurn("", "x", "2.5", "99999999999999999999", "null")) with { Delivers = true, Within = TimeSpan.FromSeconds(10) },
        s_row("2 after half a second, for nothing", stage => stage.Polls(async exchange =>
        {
            await Task.Delay(500, exchange.Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Odd.Poll("0", "2");
        })) with { Delivers = true },
        s_row("status line '0 -' in every poll", stage => stage.Polls(Odd.Bytes("HTTP/1.1 0 -\r\n\r\n"))) with { Delivers = true },
        s_row("0 after a hold, whatever there is", stage => stage.Polls(async exchange =>
        {
            await Task.Delay(OddStage.Hold, exchange.Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Odd.Poll("0", "0");
        })),
        s_row("2 twice, then 0 at once, again and again", InTurn("2", "2", "0")) with { Delivers = true },
    ];

    private static Action<OddStage> InTurn(params string[] selectors) => stage =>
    {
        int n = 0;
        stage.Polls(_ => Task.FromResult(Odd.Poll("0", selectors[n++ % selectors.Length])));
    };
}

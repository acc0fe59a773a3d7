using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sync;
using Xunit;
using Xunit.Abstractions;

namespace WeChatPS.Core.Tests.Chaos;

[Collection(nameof(Alone))]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task In_chaos_every_message_arrives_once_and_in_order_and_every_send_once_or_it_is_said_that_nobody_knows()
    {
        int seed = Seeds.Usual;
        output.WriteLine($"WECHATPS_SEED={seed}");
        output.WriteLine(await ChaosRun.RunAsync(seed, messages: 4_000));
    }

    [Fact]
    public async Task Twenty_busy_sessions_that_come_and_go_leave_nothing_behind()
    {
        int seed = Seeds.Usual;
        output.WriteLine($"WECHATPS_SEED={seed}");
        output.WriteLine(await ChurnRun.RunAsync(seed, sessions: 20, rounds: 3));
    }
}

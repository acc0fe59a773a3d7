using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace WeChatPS.Core.Tests.Chaos;

public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_twenty_times_while_20000_messages_flow_a_receiver_loses_none_and_repeats_one_a_kill_at_most()
    {
        int seed = Seeds.Usual;
        output.WriteLine($"WECHATPS_SEED={seed}");
        output.WriteLine(await KillRun.RunAsync(seed, messages: 20_000, kills: 20));
    }
}

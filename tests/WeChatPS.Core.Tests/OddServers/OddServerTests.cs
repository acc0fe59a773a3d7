using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Sync;
using Xunit;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>The table of odd servers. <c>WECHATPS_ODD</c> runs only rows whose name contains a text.</summary>
[Collection(nameof(Alone))]
public sealed class OddServerTests(OddServerTests.Run run) : IClassFixture<OddServerTests.Run>
{
    private static readonly string s_wanted = Environment.GetEnvironmentVariable("WECHATPS_ODD") ?? "";

    public static TheoryData<string> Names => [.. Wanted.Select(row => row.ToString())];

    private static IReadOnlyList<OddServer> Wanted { get; } = [.. OddTable.Rows.Where(row => row.ToString().Contains(s_wanted, StringComparison.OrdinalIgnoreCase))];

    [Fact]
    public void Every_row_has_a_name_of_its_own() => Assert.Equal(OddTable.Rows.Count, OddTable.Rows.Select(row => row.ToString()).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_odd_server_is_borne_and_left_behind(string name)
    {
        OddOutcome outcome = (await run.Outcomes).Single(one => one.Row.ToString() == name);

        Assert.True(outcome.IsGood, $"{outcome}\n{outcome.Course}");
        Assert.True(outcome.Memory <= HeapWatch.Limit, outcome.ToString());
    }

    /// <summary>The one run of all rows.</summary>
    public sealed class Run : IAsyncLifetime
    {
        internal Task<IReadOnlyList<OddOutcome>> Outcomes { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Outcomes = OddTable.RunAsync(Wanted);
            string table = string.Join('\n', (await Outcomes).Select(outcome => outcome.ToString()).Prepend(OddOutcome.Heading)) + "\n";
            string folder = Path.Combine(Metadata.Of("Repository"), "artifacts", "test-results");
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "odd-servers.md"), table);
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}

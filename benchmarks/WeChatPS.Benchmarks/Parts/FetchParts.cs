using BenchmarkDotNet.Attributes;
using WeChatPS.Web;

namespace WeChatPS.Benchmarks;

/// <summary>A whole reply to webwxsync: where its messages begin and end, their ids, the keys.</summary>
public class FetchParts
{
    private byte[] _reply = [];

    [Params(50, 500)]
    public int Messages { get; set; }

    [GlobalSetup]
    public void Compose() => _reply = SyncReplies.Of(Messages);

    [Benchmark]
    public int Parse() => SyncBatchReply.Parse(_reply).Items.Count;
}

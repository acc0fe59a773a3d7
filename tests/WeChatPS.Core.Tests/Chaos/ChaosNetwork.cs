using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Simmy;
using Polly.Simmy.Behavior;
using Polly.Simmy.Fault;
using Polly.Simmy.Latency;
using Polly.Simmy.Outcomes;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>A network on which requests are late, fail, are answered by somebody else, or bring the server down, each at a rate.</summary>
internal sealed class ChaosNetwork
{
    private static readonly string[] s_nonsense =
        ["", "<html>Bad Gateway</html>", "{}", "[]", "null", "{\"BaseResponse\":", "window.synccheck=", "\u0000\uFFFD\u0001", "0", "\"ok\""];

    private readonly object _gate = new();
    private readonly Random _random;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private int _injected;

    /// <param name="seed">Where chance begins.</param>
    /// <param name="disturb">What a behaviour does to the server in the midst of a request.</param>
    public ChaosNetwork(int seed, Action disturb)
    {
        _random = new Random(seed);
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddChaosLatency(Rated(new ChaosLatencyStrategyOptions
            {
                LatencyGenerator = _ => new ValueTask<TimeSpan>(TimeSpan.FromMilliseconds(20 * Chance())), OnLatencyInjected = _ => Count(),
            }))
            .AddChaosFault(Rated(new ChaosFaultStrategyOptions
            {
                FaultGenerator = _ => new ValueTask<Exception?>(Failure()), OnFaultInjected = _ => Count(),
            }))
            .AddChaosOutcome(Rated(new ChaosOutcomeStrategyOptions<HttpResponseMessage>
            {
                OutcomeGenerator = _ => new ValueTask<Outcome<HttpResponseMessage>?>(Outcome.FromResult(Nonsense())), OnOutcomeInjected = _ => Count(),
            }))
            .AddChaosBehavior(Rated(new ChaosBehaviorStrategyOptions
            {
                BehaviorGenerator = _ =>
                {
                    disturb();
                    return default;
                },
                OnBehaviorInjected = _ => Count(),
            }))
            .Build();
    }

    /// <summary>How likely each kind of trouble is at each request, 0 to 1.</summary>
    public double Rate { get; set; }

    /// <summary>How often something was injected.</summary>
    public int Injected => Volatile.Read(ref _injected);

    /// <summary>A way to the server through this network.</summary>
    public HttpMessageHandler NewHandler() => new Cable(this);

    private T Rated<T>(T options)
        where T : ChaosStrategyOptions
    {
        options.InjectionRateGenerator = _ => new ValueTask<double>(Rate);
        options.Randomizer = Chance;
        return options;
    }

    private ValueTask Count()
    {
        Interlocked.Increment(ref _injected);
        return default;
    }

    private double Chance()
    {
        lock (_gate) return _random.NextDouble();
    }

    private int Next(int end)
    {
        lock (_gate) return _random.Next(end);
    }

    private Exception Failure() => Next(5) switch
    {
        0 => new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)),
        1 => new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound)),
        2 => new HttpRequestException("reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset))),
        3 => new TaskCanceledException("the platform gave up"),
        _ => new IOException("the connection ended"),
    };

    private HttpResponseMessage Nonsense() => new(Next(2) == 0 ? HttpStatusCode.OK : (HttpStatusCode)(300 + Next(230)))
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(s_nonsense[Next(s_nonsense.Length)])),
    };

    private sealed class Cable(ChaosNetwork network)
        : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await network._pipeline.ExecuteAsync(async stop => await base.SendAsync(request, stop), cancellationToken);
    }
}

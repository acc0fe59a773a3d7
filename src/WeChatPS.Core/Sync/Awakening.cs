using System;
using System.Collections.Generic;
using System.Net.NetworkInformation;
using System.Threading;

namespace WeChatPS.Sync;

/// <summary>
/// Tells the loops that this machine woke up or that its network changed. Pauses then end early, and connections from before are probably
/// dead. One timer of 2 s serves the whole process, and only while a loop runs.
/// </summary>
internal sealed class Awakening(TimeProvider time)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(2);

    // A busy machine delays a timer too. A jump of the system clock alone wakes the loops needlessly, which costs one request.
    private static readonly TimeSpan s_longestTick = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly List<Action> _watchers = [];
    private ITimer? _timer;
    private bool _listens;
    private long _ticked;
    private DateTimeOffset _tickedAt;

    /// <summary>The one of this process.</summary>
    public static Awakening OfProcess { get; } = new(TimeProvider.System);

    /// <summary>Calls <paramref name="woken"/>, on any thread, until the result is disposed.</summary>
    public IDisposable Watch(Action woken)
    {
        lock (_gate)
        {
            _watchers.Add(woken);
            if (_watchers.Count == 1) Start();
        }

        return new Watcher(this, woken);
    }

    /// <summary>Notes that the machine woke up or the network changed.</summary>
    public void Raise()
    {
        Action[] watchers;
        lock (_gate) watchers = [.. _watchers];
        foreach (Action woken in watchers) woken();
    }

    private void Start()
    {
        NoteTick();
        _timer = time.CreateTimer(static self => ((Awakening)self!).Tick(), this, s_tick, s_tick);
    }

    // Not before the first tick, because a script that takes a second or two needs none of this.
    private void Listen()
    {
        if (_listens || _timer is null) return;
        _listens = true;
        NetworkChange.NetworkAddressChanged += OnNetworkChange;
        NetworkChange.NetworkAvailabilityChanged += OnNetworkChange;
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
        if (!_listens) return;
        _listens = false;
        NetworkChange.NetworkAddressChanged -= OnNetworkChange;
        NetworkChange.NetworkAvailabilityChanged -= OnNetworkChange;
    }

    private void OnNetworkChange(object? sender, EventArgs change)
    {
        if (NetworkInterface.GetIsNetworkAvailable()) Raise();
    }

    // On Linux the monotonic clock stands still while the machine sleeps, and the system clock does not. On Windows both go on.
    private void Tick()
    {
        bool slept;
        lock (_gate)
        {
            slept = time.GetElapsedTime(_ticked) > s_longestTick || time.GetUtcNow() - _tickedAt > s_longestTick;
            NoteTick();
            Listen();
        }

        if (slept) Raise();
    }

    private void NoteTick() => (_ticked, _tickedAt) = (time.GetTimestamp(), time.GetUtcNow());

    private sealed class Watcher(Awakening owner, Action woken) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                if (owner._watchers.Remove(woken) && owner._watchers.Count == 0) owner.Stop();
            }
        }
    }
}

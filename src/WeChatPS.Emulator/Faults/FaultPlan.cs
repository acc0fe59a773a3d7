using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>The faults that are set up now. The first that fits a request strikes, one a request.</summary>
public sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<PlannedFault> _planned = [];
    private readonly World _world;
    private readonly Func<string, bool> _isEndpoint;
    private int _lastId;

    internal FaultPlan(World world, Func<string, bool> isEndpoint) => (_world, _isEndpoint) = (world, isEndpoint);

    /// <summary>What is set up, oldest first.</summary>
    public IReadOnlyList<PlannedFault> Planned
    {
        get
        {
            lock (_gate)
            {
                return [.. _planned];
            }
        }
    }

    /// <summary>Sets up a fault.</summary>
    /// <exception cref="EmulatorException">There is no such endpoint or contact, or a number is out of range.</exception>
    public PlannedFault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Endpoint != "*" && !_isEndpoint(fault.Endpoint))
        {
            throw new EmulatorException($"no endpoint is called '{fault.Endpoint}'; try synccheck, webwxsync, webwxsendmsg, login, webwxinit or *");
        }

        if (fault.Count < 1 || fault.Probability is < 0 or > 1 || fault.Delay < TimeSpan.Zero || fault.Pace < TimeSpan.Zero)
        {
            throw new EmulatorException("a fault's count is at least 1, its probability 0 to 1, its times not negative");
        }

        if (fault.Contact is not null)
        {
            _world.CheckContact(fault.Contact);
        }

        lock (_gate)
        {
            var planned = new PlannedFault(++_lastId, fault);
            _planned.Add(planned);
            return planned;
        }
    }

    /// <summary>Sets up a fault by its most usual parts.</summary>
    public PlannedFault Add(string endpoint, FaultKind kind, int? count = null, int? code = null) =>
        Add(new Fault(endpoint, kind) { Count = count, Code = code });

    /// <summary>Takes a fault away.</summary>
    /// <returns>Whether it was still there.</returns>
    public bool Remove(int id)
    {
        lock (_gate)
        {
            return _planned.RemoveAll(planned => planned.Id == id) > 0;
        }
    }

    /// <summary>Takes away the faults of one endpoint, or all.</summary>
    /// <returns>How many.</returns>
    public int Clear(string? endpoint = null)
    {
        lock (_gate)
        {
            return _planned.RemoveAll(planned => endpoint is null || planned.Fault.Endpoint == endpoint);
        }
    }

    /// <summary>The fault that strikes this request, or null.</summary>
    internal Fault? Take(string endpoint, HttpRequest request)
    {
        lock (_gate)
        {
            foreach (PlannedFault planned in _planned)
            {
                if (Fits(planned.Fault, endpoint) && IsAbout(planned.Fault, request) && planned.Strikes())
                {
                    if (planned.Remaining == 0)
                    {
                        _planned.Remove(planned);
                    }

                    return planned.Fault;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a fault of this kind is set up for an endpoint, without using it.</summary>
    internal bool Holds(string endpoint, FaultKind kind)
    {
        lock (_gate)
        {
            return _planned.Any(planned => planned.Fault.Kind == kind && Fits(planned.Fault, endpoint));
        }
    }

    private bool IsAbout(Fault fault, HttpRequest request) => fault.Contact is null
        || _world.IsNamed(fault.Contact, Uri.UnescapeDataString(request.QueryText) + "\n" + request.BodyText());

    private static bool Fits(Fault fault, string endpoint) =>
        (fault.Endpoint == "*" || fault.Endpoint == endpoint) && FaultScope.Covers(fault.Kind, endpoint);
}

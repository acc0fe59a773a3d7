using System;
using System.Collections.Generic;
using System.Linq;
using WeChatPS.Emulator.Http;
using WeChatPS.Emulator.State;

namespace WeChatPS.Emulator;

/// <summary>The current faults. The first matching fault applies to a request, one fault for each request.</summary>
public sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<PlannedFault> _planned = [];
    private readonly World _world;
    private readonly Func<string, bool> _isEndpoint;
    private int _lastId;

    internal FaultPlan(World world, Func<string, bool> isEndpoint) => (_world, _isEndpoint) = (world, isEndpoint);

    /// <summary>The current faults, oldest first.</summary>
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

    /// <summary>Adds a fault.</summary>
    /// <exception cref="EmulatorException">The endpoint or contact is unknown, or a number is out of range.</exception>
    public PlannedFault Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Endpoint != "*" && !_isEndpoint(fault.Endpoint))
        {
            throw new EmulatorException($"no endpoint has the name '{fault.Endpoint}'. Examples: synccheck, webwxsync, webwxsendmsg, login, webwxinit, and * for all");
        }

        if (fault.Count < 1 || fault.Probability is < 0 or > 1 || fault.Delay < TimeSpan.Zero || fault.Pace < TimeSpan.Zero)
        {
            throw new EmulatorException("count must be at least 1, probability must be from 0 to 1, and delays must not be negative");
        }

        if ((fault.Kind == FaultKind.Raw) != (fault.Answer is not null))
        {
            throw new EmulatorException("the kind Raw needs a reply, and no other kind has one");
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

    /// <summary>Adds a fault by its most common properties.</summary>
    public PlannedFault Add(string endpoint, FaultKind kind, int? count = null, int? code = null) =>
        Add(new Fault(endpoint, kind) { Count = count, Code = code });

    /// <summary>Removes a fault.</summary>
    /// <returns>Whether the fault existed.</returns>
    public bool Remove(int id)
    {
        lock (_gate)
        {
            return _planned.RemoveAll(planned => planned.Id == id) > 0;
        }
    }

    /// <summary>Removes the faults of one endpoint, or all faults.</summary>
    /// <returns>The number of removed faults.</returns>
    public int Clear(string? endpoint = null)
    {
        lock (_gate)
        {
            return _planned.RemoveAll(planned => endpoint is null || planned.Fault.Endpoint == endpoint);
        }
    }

    /// <summary>Gets the fault for a request, and counts it; null for none.</summary>
    internal Fault? Take(string endpoint, HttpRequest request)
    {
        lock (_gate)
        {
            foreach (PlannedFault planned in _planned)
            {
                if (Fits(planned.Fault, endpoint) && IsAbout(planned.Fault, request) && planned.CountHit())
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

    /// <summary>Whether an endpoint has a fault of this kind. The fault is not counted.</summary>
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

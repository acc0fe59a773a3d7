using System;

namespace WeChatPS.Core.Tests.OddServers;

/// <summary>A server that behaves oddly for a while, and what is asked of the client meanwhile and afterwards.</summary>
/// <param name="Group">What is odd about it.</param>
/// <param name="Name">What it does.</param>
/// <param name="Begin">Makes the server odd. The runner makes it good again.</param>
internal sealed record OddServer(string Group, string Name, Action<OddStage> Begin)
{
    private readonly TimeSpan? _lasts;

    /// <summary>How long it lasts: longer than the 15 s in which requests are counted, or a few requests of a heavy row.</summary>
    public TimeSpan Lasts { get => _lasts ?? TimeSpan.FromSeconds(IsHeavy ? 6 : 16); init => _lasts = value; }

    /// <summary>Whether a message arrives although the server is odd. Otherwise it arrives when the server is good again.</summary>
    public bool Delivers { get; init; }

    /// <summary>The time in which the message has to arrive, from its sending or from the end of the oddity.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether it brings a backlog of real messages, which is fetched as fast as it comes.</summary>
    public bool IsBacklog { get; init; }

    /// <summary>Whether much memory is at stake, so that the row runs alone.</summary>
    public bool IsHeavy { get; init; }

    /// <summary>Whether the client uses TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>A group's rows, as its file lists them.</summary>
    public static Func<string, Action<OddStage>, OddServer> In(string group) => (name, begin) => new OddServer(group, name, begin);

    public override string ToString() => $"{Group}: {Name}";
}

using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WeChatPS.Tests;

/// <summary>One runspace of the real engine, with the packed module or with cmdlets of the tests' own.</summary>
internal sealed class HostedEngine : IDisposable
{
    private readonly Runspace _runspace;

    private HostedEngine(InitialSessionState state)
    {
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public Runspace Runspace => _runspace;

    /// <summary>With the packed module, and cmdlets of the tests' own.</summary>
    public static HostedEngine WithModule(params Type[] cmdlets)
    {
        HostedEngine engine = WithCmdlets(cmdlets);
        engine.Run($"Import-Module '{PackedModule.Folder}' -ErrorAction Stop").AssertNoErrors();
        return engine;
    }

    public static HostedEngine WithCmdlets(params Type[] cmdlets)
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (Type type in cmdlets)
        {
            var name = (CmdletAttribute)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))!;
            state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, null));
        }

        return new HostedEngine(state);
    }

    /// <summary>Runs a script to its end, however it ends.</summary>
    public ScriptRun Run(string script, params object?[] arguments)
    {
        using PowerShell shell = Shell(script, arguments);
        return Run(shell);
    }

    /// <summary>Runs a shell to its end, however it ends.</summary>
    public static ScriptRun Run(PowerShell shell)
    {
        try
        {
            return new ScriptRun(shell, shell.Invoke(), null);
        }
        catch (RuntimeException terminating)
        {
            return new ScriptRun(shell, [], terminating);
        }
    }

    /// <summary>A shell for tests that stop it or look on while it runs.</summary>
    public PowerShell Shell(string script, params object?[] arguments)
    {
        var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
            shell.AddArgument(argument);
        return shell;
    }

    public void Dispose() => _runspace.Dispose();
}

/// <summary>What a script left behind in its streams.</summary>
internal sealed class ScriptRun(PowerShell shell, Collection<PSObject> output, RuntimeException? terminating)
{
    public PSObject[] Output { get; } = [.. output];

    public ErrorRecord[] Errors { get; } = [.. shell.Streams.Error, .. terminating is null ? [] : new[] { terminating.ErrorRecord }];

    public string[] ErrorIds => [.. Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    public string[] Warnings { get; } = [.. shell.Streams.Warning.Select(record => record.Message)];

    public string[] Verbose { get; } = [.. shell.Streams.Verbose.Select(record => record.Message)];

    public InformationRecord[] Information { get; } = [.. shell.Streams.Information];

    public string[] Texts => [.. Output.Select(one => one?.ToString() ?? "")];

    public T Single<T>() => Assert.IsType<T>(Assert.Single(Output).BaseObject);

    public ScriptRun AssertNoErrors()
    {
        Assert.True(Errors.Length == 0, string.Join(Environment.NewLine, Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")));
        return this;
    }
}

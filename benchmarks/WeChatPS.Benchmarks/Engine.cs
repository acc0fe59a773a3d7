using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WeChatPS.Benchmarks;

/// <summary>A runspace of the real engine.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace _runspace;

    private Engine(params Type[] cmdlets)
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (Type type in cmdlets)
        {
            var name = (CmdletAttribute)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))!;
            state.Commands.Add(new SessionStateCmdletEntry($"{name.VerbName}-{name.NounName}", type, null));
        }

        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public static Engine Bare() => new();

    public static Engine WithModule()
    {
        var engine = new Engine(typeof(MeasureFlowCommand), typeof(MeasureWakeCommand), typeof(MeasureMemoryCommand), typeof(MeasureIntervalCommand));
        engine.Import(PackedModule.Folder);
        return engine;
    }

    public void Import(string module) => Run("Import-Module $args[0] -ErrorAction Stop", module);

    /// <summary>Connects a session, named bench unless other options say so.</summary>
    /// <param name="server">To which emulator.</param>
    /// <param name="options">More parameters of Connect-WeChat, as a script writes them.</param>
    public WeChatSession Connect(Server server, string options) =>
        (WeChatSession)Run($"Connect-WeChat -Endpoint $args[0] -Login Qr -QrCode None {options} 6>$null", server.Endpoint).Single().BaseObject;

    /// <summary>Runs a script to its end.</summary>
    /// <exception cref="InvalidOperationException">It wrote an error: what it measured would mean nothing.</exception>
    public Collection<PSObject> Run(string script, params object[] arguments)
    {
        using PowerShell shell = Shell(script, arguments);
        Collection<PSObject> output = shell.Invoke();
        return shell.HadErrors ? throw new InvalidOperationException($"{script}: {shell.Streams.Error.FirstOrDefault()}") : output;
    }

    /// <summary>A shell for what is looked at, or stopped, while it runs.</summary>
    public PowerShell Shell(string script, params object[] arguments)
    {
        var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
            shell.AddArgument(argument);
        return shell;
    }

    public void Dispose() => _runspace.Dispose();
}

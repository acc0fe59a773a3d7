using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;

namespace WeChatPS.Tests;

public sealed class ModuleTests
{
    private static string Manifest => Path.Combine(PackedModule.Folder, "WeChatPS.psd1");

    [Fact]
    public void The_manifest_exports_every_cmdlet_there_is()
    {
        using HostedEngine engine = HostedEngine.WithModule();
        string[] declared = Strings(engine.Run($"Test-ModuleManifest '{Manifest}' | ForEach-Object {{ $_.ExportedCmdlets.Keys }}"));
        string[] compiled =
        [
            .. typeof(AsyncCmdlet).Assembly.GetExportedTypes()
                .Select(type => type.GetCustomAttribute<CmdletAttribute>())
                .OfType<CmdletAttribute>()
                .Select(name => $"{name.VerbName}-{name.NounName}"),
        ];

        Assert.Equal(Sorted(compiled), Sorted(declared));
        Assert.Equal(Sorted(compiled), Sorted(Strings(engine.Run("(Get-Command -Module WeChatPS -ListImported).Name"))));
    }

    [Fact]
    public void No_packed_assembly_has_a_regular_expression_without_a_time_out() => Assert.Empty(
        from path in Directory.EnumerateFiles(PackedModule.Folder, "WeChatPS*.dll", SearchOption.AllDirectories)
        from call in Core.Tests.RegexCalls.WithoutTimeOut(path)
        select $"{Path.GetFileName(path)}: {call}");

    [Fact]
    public void Importing_again_with_Force_keeps_every_command()
    {
        using HostedEngine engine = HostedEngine.WithModule();
        string[] before = Strings(engine.Run("(Get-Command -Module WeChatPS -ListImported).Name"));

        for (int time = 0; time < 2; time++)
            engine.Run($"Import-Module '{PackedModule.Folder}' -Force").AssertNoErrors();

        Assert.NotEmpty(before);
        Assert.Equal(before, Strings(engine.Run("(Get-Command -Module WeChatPS -ListImported).Name")));
        Assert.Equal(["WeChat.NotConnected"], engine.Run("Wait-WeChatSync").ErrorIds);
    }

    [Fact]
    public void Removing_the_module_removes_its_commands_and_leaves_no_error()
    {
        using HostedEngine engine = HostedEngine.WithModule();

        Assert.Empty(engine.Run("Remove-Module WeChatPS; $PSModuleAutoLoadingPreference = 'None'; Get-Module WeChatPS; Get-Command Wait-WeChatSync -ErrorAction Ignore").AssertNoErrors().Output);
        engine.Run($"Import-Module '{PackedModule.Folder}'").AssertNoErrors();
        Assert.Equal(["WeChat.NotConnected"], engine.Run("Wait-WeChatSync").ErrorIds);
    }

    [Fact]
    public void Scripts_can_name_the_types()
    {
        using HostedEngine engine = HostedEngine.WithModule();

        ScriptRun run = engine.Run("[WeChatPS.WeChatMessage]; function f([WeChatPS.WeChatContact] $c) { $c } f $null; [WeChatPS.MessageKind]::Text -is [WeChatPS.MessageKind]");

        Assert.Equal([typeof(WeChatMessage).ToString(), "", "True"], run.AssertNoErrors().Texts);
    }

    [Fact]
    public void Dependencies_are_the_modules_own_though_another_Polly_is_loaded()
    {
        using EmulatorSession session = new();
        session.Run("Send-WeChatMessage filehelper 'through Polly'").AssertNoErrors();

        Assembly foreign = Assert.Single(AssemblyLoadContext.Default.Assemblies, one => one.GetName().Name == "Polly.Core");
        Assert.Equal(PackedModule.ForeignPolly, foreign.GetName().Version);
        Assembly[] own = [.. PackedModule.Context.Assemblies];
        Assert.All(
            new[] { "WeChatPS", "WeChatPS.Core", "WeChatPS.Emulator", "Polly.Core" },
            name => Assert.Equal(
                Path.Combine(PackedModule.Bin, name + ".dll"), Assert.Single(own, one => one.GetName().Name == name).Location));
        Assert.Equal(8, own.Single(one => one.GetName().Name == "Polly.Core").GetName().Version!.Major);
    }

    [Fact]
    public void Nothing_but_the_loader_is_in_the_default_context()
    {
        using HostedEngine engine = HostedEngine.WithModule();

        string[] ours = [.. AssemblyLoadContext.Default.Assemblies
            .Where(one => !one.IsDynamic && one.Location.StartsWith(PackedModule.Folder, StringComparison.Ordinal))
            .Select(one => one.GetName().Name!)];

        Assert.Equal(["WeChatPS.Loader"], ours);
    }

    [Fact]
    public void Every_output_type_has_a_table_a_list_and_a_one_line_view()
    {
        XElement[] views = [.. Directory.GetFiles(PackedModule.Folder, "*.Format.ps1xml").SelectMany(file => XDocument.Load(file).Descendants("View"))];
        string[] types = [.. typeof(AsyncCmdlet).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(output => output.Type)
            .Select(type => type.Name)
            .Where(name => name.StartsWith("WeChatPS.", StringComparison.Ordinal))
            .Distinct()];

        Assert.True(types.Length > 8);
        Assert.All(types, type => Assert.All(
            new[] { "TableControl", "ListControl", "CustomControl" },
            control => Assert.Contains(views, view => view.Element(control) is not null && view.Descendants("TypeName").Any(one => one.Value == type))));
    }

    [Fact]
    public void Every_view_names_properties_that_exist()
    {
        foreach (XElement view in Directory.GetFiles(PackedModule.Folder, "*.Format.ps1xml").SelectMany(file => XDocument.Load(file).Descendants("View")))
        {
            Assert.All(view.Descendants("TypeName"), name =>
            {
                Type? type = typeof(WeChatMessage).Assembly.GetType(name.Value) ?? typeof(AsyncCmdlet).Assembly.GetType(name.Value);
                Assert.NotNull(type);
                Assert.All(view.Descendants("PropertyName"), property => Assert.NotNull(type.GetProperty(property.Value)));
            });
        }
    }

    [Fact]
    public void Every_cmdlet_is_sealed_and_says_what_it_gives()
    {
        Type[] cmdlets = [.. typeof(AsyncCmdlet).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(CmdletAttribute)))];

        Assert.All(cmdlets, type => Assert.True(type.IsSealed && type.IsDefined(typeof(OutputTypeAttribute)), type.Name));
    }

    [Theory]
    [InlineData(typeof(SendWeChatEmulatorMessage), "MessageKind")]
    [InlineData(typeof(AddWeChatEmulatorFault), "FaultKind")]
    public void The_emulators_cmdlets_know_every_kind_that_it_knows(Type cmdlet, string kinds)
    {
        Type known = PackedModule.Context.LoadFromAssemblyName(new AssemblyName("WeChatPS.Emulator")).GetType("WeChatPS.Emulator." + kinds, throwOnError: true)!;

        var set = cmdlet.GetProperty("Kind")!.GetCustomAttribute<ValidateSetAttribute>()!;

        Assert.Equal(Sorted(Enum.GetNames(known)), Sorted(set.ValidValues));
    }

    [Fact]
    public void Everything_that_changes_something_supports_WhatIf()
    {
        string[] harmless = ["Connect", "Export", "Get", "Receive", "Register", "Test", "Wait"];

        Assert.All(
            typeof(AsyncCmdlet).Assembly.GetExportedTypes().Select(type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>(),
            cmdlet => Assert.Equal(!harmless.Contains(cmdlet.VerbName), cmdlet.SupportsShouldProcess));
    }

    private static string[] Strings(ScriptRun run) => run.AssertNoErrors().Texts;

    private static string[] Sorted(IEnumerable values) => [.. values.Cast<string>().Order(StringComparer.Ordinal)];
}

using System;
using System.IO;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace WeChatPS.Tests;

/// <summary>Where the packed module is, and the module's assemblies as the packed loader gives them.</summary>
/// <remarks>The tests name the module's types but carry no copy of them: what they see is what PowerShell sees.</remarks>
internal static class PackedModule
{
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The version of the Polly.Core that another module has brought; nothing in it can run.</summary>
    public static Version ForeignPolly { get; } = new(99, 0, 0, 0);

    public static string Folder { get; } = Environment.GetEnvironmentVariable("WECHATPS_MODULE") is { Length: > 0 } folder
        ? folder
        : Path.Combine(RepositoryRoot, "output", "WeChatPS");

    public static string Bin { get; } = Path.Combine(Folder, "bin");

    public static AssemblyLoadContext Context => AssemblyLoadContext.GetLoadContext(Resolve("Module"))!;

    [ModuleInitializer]
    internal static void Install()
    {
        PreloadForeignPolly();
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name switch
        {
            "WeChatPS" => Resolve("Module"),
            "WeChatPS.Core" => Resolve("Core"),
            _ => null,
        };
    }

    // every test of the module runs with another module's Polly.Core around
    private static void PreloadForeignPolly()
    {
        var foreign = new PersistedAssemblyBuilder(new AssemblyName("Polly.Core") { Version = ForeignPolly }, typeof(object).Assembly);
        foreign.DefineDynamicModule("Polly.Core").DefineType("Polly.ResiliencePipeline", TypeAttributes.Public).CreateType();
        using var image = new MemoryStream();
        foreign.Save(image);
        image.Position = 0;
        AssemblyLoadContext.Default.LoadFromStream(image);
    }

    private static Assembly Resolve(string property)
    {
        string loader = Path.Combine(Bin, "WeChatPS.Loader.dll");
        if (!File.Exists(loader))
            throw new InvalidOperationException($"There is no packed module in {Folder}: run ./build.sh pack first.");
        Type type = Assembly.LoadFrom(loader).GetType("WeChatPS.Loader.ModuleLoader", throwOnError: true)!;
        return (Assembly)type.GetProperty(property)!.GetValue(null)!;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WeChatPS.psd1")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}

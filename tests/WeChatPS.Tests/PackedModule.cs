using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace WeChatPS.Tests;

/// <summary>Where the packed module is, and the module's assemblies as the packed loader gives them.</summary>
/// <remarks>The tests name the module's types but carry no copy of them: what they see is what PowerShell sees.</remarks>
internal static class PackedModule
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "output", "WeChatPS");

    public static string Bin { get; } = Path.Combine(Folder, "bin", "net8.0");

    public static AssemblyLoadContext Context => AssemblyLoadContext.GetLoadContext(Resolve("Module"))!;

    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += (_, name) => name.Name switch
    {
        "WeChatPS" => Resolve("Module"),
        "WeChatPS.Core" => Resolve("Core"),
        _ => null,
    };

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

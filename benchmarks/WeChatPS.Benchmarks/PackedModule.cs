using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace WeChatPS.Benchmarks;

/// <summary>Where the packed module is. What is measured, the parts too, is what was packed: this program carries no copy of it.</summary>
internal static class PackedModule
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "output", "WeChatPS");

    public static string Bin { get; } = Path.Combine(Folder, "bin");

    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "WeChatPS.Core" ? Core() : null;

    private static Assembly Core()
    {
        string loader = Path.Combine(Bin, "WeChatPS.Loader.dll");
        if (!File.Exists(loader))
            throw new InvalidOperationException($"There is no packed module in {Folder}: run ./build.sh pack first.");
        Type type = Assembly.LoadFrom(loader).GetType("WeChatPS.Loader.ModuleLoader", throwOnError: true)!;
        return (Assembly)type.GetProperty("Core")!.GetValue(null)!;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WeChatPS.psd1")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The benchmarks do not run from within the repository.");
    }
}

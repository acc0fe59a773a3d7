using System.IO;
using System.Reflection;

namespace WeChatPS.Loader;

/// <summary>Gives the module's assemblies, loaded so that they and another module's dependencies do not meet.</summary>
/// <remarks>The only assembly of the module that PowerShell itself loads; it depends on nothing.</remarks>
public static class ModuleLoader
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;

    /// <summary>The cmdlets.</summary>
    public static Assembly Module => LoadPrivate("WeChatPS");

    /// <summary>The client behind them, with the types that scripts name.</summary>
    public static Assembly Core => LoadPrivate("WeChatPS.Core");

#if NETFRAMEWORK
    // .NET Framework has one context: our files are found by simple name, whatever version the reference asks for,
    // but only for requests that come from our own folder
    static ModuleLoader() => System.AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        IsOurs(request.RequestingAssembly) ? TryLoad(new AssemblyName(request.Name).Name) : null;

    private static Assembly LoadPrivate(string name) => Assembly.LoadFrom(Path.Combine(s_folder, name + ".dll"));

    private static bool IsOurs(Assembly? requester) => requester is { IsDynamic: false }
        && string.Equals(Path.GetDirectoryName(requester.Location), s_folder, System.StringComparison.OrdinalIgnoreCase);

    private static Assembly? TryLoad(string name)
    {
        string path = Path.Combine(s_folder, name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
#else
    private static readonly PrivateContext s_context = new();

    private static Assembly LoadPrivate(string name) => s_context.LoadFromAssemblyName(new AssemblyName(name));

    private sealed class PrivateContext() : System.Runtime.Loader.AssemblyLoadContext("WeChatPS")
    {
        // our folder first, always; what is not there (the engine, the framework) comes from the default context
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(s_folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#endif
}

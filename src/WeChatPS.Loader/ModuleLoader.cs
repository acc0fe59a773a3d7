using System.IO;
using System.Reflection;
using System.Runtime.Loader;

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

    private static readonly PrivateContext s_context = new();

    private static Assembly LoadPrivate(string name) => s_context.LoadFromAssemblyName(new AssemblyName(name));

    private sealed class PrivateContext() : AssemblyLoadContext("WeChatPS")
    {
        // our folder first, always; what is not there (the engine, the framework) comes from the default context
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(s_folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}

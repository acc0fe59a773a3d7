using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace WeChatPS.Loader;

/// <summary>Loads the module's assemblies apart from the dependencies of other modules.</summary>
/// <remarks>PowerShell itself loads only this assembly, which has no dependencies.</remarks>
public static class ModuleLoader
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!;

    /// <summary>The assembly of the cmdlets.</summary>
    public static Assembly Module => LoadPrivate("WeChatPS");

    /// <summary>The assembly of the client, with the types that scripts use.</summary>
    public static Assembly Core => LoadPrivate("WeChatPS.Core");

    private static readonly PrivateContext s_context = new();

    private static Assembly LoadPrivate(string name) => s_context.LoadFromAssemblyName(new AssemblyName(name));

    private sealed class PrivateContext() : AssemblyLoadContext("WeChatPS")
    {
        // The module's folder comes first. Other assemblies (engine, framework) come from the default context.
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(s_folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}

using System;
using System.Globalization;
using System.IO;

namespace EngineHost;

/// <summary>Environment variables and culture, as the engine should find them.</summary>
internal static class Surroundings
{
    private const string ModulePath = "PSModulePath";

    // The engine remembers what modules export; its usual place is the user's own cache, which is none of our business.
    private const string AnalysisCache = "PSModuleAnalysisCachePath";

    public static void Prepare(CommandLine options)
    {
        if (options.ModulePath is { } folders)
        {
            string added = folders.Replace(';', Path.PathSeparator);
            string? present = Environment.GetEnvironmentVariable(ModulePath);
            Environment.SetEnvironmentVariable(ModulePath, string.IsNullOrEmpty(present) ? added : added + Path.PathSeparator + present);
        }

        Environment.SetEnvironmentVariable(AnalysisCache, Path.Combine(AppContext.BaseDirectory, "ModuleAnalysisCache"));

        // Without ICU data every culture formats alike; its name still chooses the language of help.
        CultureInfo culture = UserCulture();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = culture;
    }

    private static CultureInfo UserCulture()
    {
        string name = Environment.GetEnvironmentVariable("LC_ALL") is { Length: > 0 } all ? all : Environment.GetEnvironmentVariable("LANG")
            ?? "";
        name = name.Split('.', '@')[0].Replace('_', '-');
        try
        {
            return new CultureInfo(name is "" or "C" or "POSIX" ? "en-US" : name);
        }
        catch (CultureNotFoundException)
        {
            return new CultureInfo("en-US");
        }
    }
}

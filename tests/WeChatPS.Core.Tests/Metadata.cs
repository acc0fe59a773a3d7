using System.Linq;
using System.Reflection;

namespace WeChatPS.Core.Tests;

/// <summary>What the project file tells its tests.</summary>
internal static class Metadata
{
    public static string Of(string key) => typeof(Metadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

using System.Linq;
using System.Reflection;
using System.Runtime.Versioning;
using Xunit;
using Xunit.Abstractions;

namespace WeChatPS.Core.Tests;

public sealed class CoreBuildTests(ITestOutputHelper output)
{
    [Fact]
    public void The_build_under_test_is_the_one_that_was_asked_for()
    {
        string wanted = Metadata.Of("CoreBuild");
        string framework = typeof(WeChatMessage).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;
        output.WriteLine($"WeChatPS.Core under test: {framework}, {typeof(WeChatMessage).Assembly.Location}");
        string expected = wanted == "netstandard2.0" ? ".NETStandard,Version=v2.0" : ".NETCoreApp,Version=v8.0";
        Assert.Equal(expected, framework);
    }
}

internal static class Metadata
{
    public static string Of(string key) => typeof(Metadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using WeChatPS.Core.Tests.Web;
using Xunit;
using Xunit.Abstractions;

namespace WeChatPS.Soak;

/// <summary>The tests of bad replies with other seeds, and many more replies.</summary>
internal static class BadReplies
{
    public static Task<string> RunAsync(int seed, int replies) => Task.Run(() =>
    {
        MethodInfo[] tests = [.. typeof(HostileReplyTests).GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)))];
        var hostile = new HostileReplyTests(new Silence()) { Seed = (ulong)seed, RepliesEach = replies / tests.Length };
        foreach (MethodInfo test in tests) test.Invoke(hostile, BindingFlags.DoNotWrapExceptions, null, null, null);
        return $"{tests.Length} parsers, {hostile.RepliesEach * tests.Length} replies";
    });

    private sealed class Silence : ITestOutputHelper
    {
        public void WriteLine(string message)
        {
        }

        public void WriteLine(string format, params object[] args)
        {
        }
    }
}

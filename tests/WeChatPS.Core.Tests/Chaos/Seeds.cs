using System;
using System.Globalization;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>Where chance begins. <c>WECHATPS_SEED</c> repeats a run.</summary>
internal static class Seeds
{
    private static readonly int? s_wanted =
        int.TryParse(Environment.GetEnvironmentVariable("WECHATPS_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int seed) ? seed : null;

    /// <summary>For the tests: a change must not pass or fail by luck, so they begin the same way every time.</summary>
    public static int Usual => s_wanted ?? 20190631;

    /// <summary>For the long runs, which are there to find what nobody thought of: another one every time.</summary>
    public static int Next() => s_wanted ?? Random.Shared.Next();
}

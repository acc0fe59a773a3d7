using System;
using System.Globalization;

namespace WeChatPS.Core.Tests.Chaos;

/// <summary>Where chance begins. <c>WECHATPS_SEED</c> repeats a run.</summary>
internal static class Seeds
{
    public static int? Wanted { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("WECHATPS_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int seed) ? seed : null;

    public static int Next() => Wanted ?? Random.Shared.Next();
}

using System;
using System.Threading.Tasks;

namespace WeChatPS.Emulator.Tests;

/// <summary>Emulators that lose no time.</summary>
internal static class Emulators
{
    public static EmulatorOptions Fast => new()
    {
        Hold = TimeSpan.FromSeconds(20),
        ScanDelay = TimeSpan.Zero,
        ConfirmDelay = TimeSpan.Zero,
    };

    public static WeChatEmulator Start() => WeChatEmulator.Start(Fast);

    /// <summary>Polls a condition; fails after half a minute.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        DateTime deadline = DateTime.UtcNow.AddSeconds(30);
        while (!condition())
        {
            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"never happened: {what}");
            }

            await Task.Delay(5);
        }
    }
}

using System;
using System.IO;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

/// <summary>A test of something that Windows does not have: file modes, devices.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    /// <param name="device">A file that the test needs.</param>
    public UnixFactAttribute(string? device = null)
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no file modes.";
        else if (device is not null && !File.Exists(device))
            Skip = $"There is no {device} here.";
    }
}

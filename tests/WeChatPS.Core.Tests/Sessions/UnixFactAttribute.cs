using System;
using Xunit;

namespace WeChatPS.Core.Tests.Sessions;

/// <summary>A test of something that Windows does not have: file modes, devices.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no file modes.";
    }
}

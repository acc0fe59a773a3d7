using System;

namespace WeChatPS.Emulator;

/// <summary>The emulator was asked for something that its scenario does not hold, such as an unknown contact; the message says what there is.</summary>
public sealed class EmulatorException : Exception
{
    /// <summary>Creates the error.</summary>
    public EmulatorException()
    {
    }

    /// <summary>Creates the error with what went wrong and what to do.</summary>
    public EmulatorException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public EmulatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

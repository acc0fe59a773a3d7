using System;

namespace WeChatPS.Emulator;

/// <summary>The emulator cannot do what was requested, for example because a contact is unknown. The message contains a remedy.</summary>
public sealed class EmulatorException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EmulatorException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public EmulatorException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public EmulatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

using System;

namespace WeChatPS.Emulator.Http;

/// <summary>What came is not HTTP/1.1 that this server reads; answered with <see cref="Status"/>, then the connection ends.</summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}

using System;

namespace WeChatPS.Emulator.Http;

/// <summary>The request is not valid HTTP/1.1. The response has <see cref="Status"/>, and the connection closes.</summary>
internal sealed class BadRequestException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}

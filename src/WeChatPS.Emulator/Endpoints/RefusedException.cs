using System;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The server refuses a request with a Ret; each endpoint puts it in its own form.</summary>
internal sealed class RefusedException(int ret, string words = "") : Exception(words)
{
    public int Ret { get; } = ret;

    public string Words { get; } = words;
}

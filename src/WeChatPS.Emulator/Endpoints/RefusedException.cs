using System;

namespace WeChatPS.Emulator.Endpoints;

/// <summary>The server refuses a request with a Ret. Each endpoint has its own form of a refusal.</summary>
internal sealed class RefusedException(int ret, string words = "") : Exception(words)
{
    public int Ret { get; } = ret;

    public string Words { get; } = words;
}

using System;

namespace WeChatPS;

/// <summary>A retry of a message or a chunk of a file.</summary>
/// <param name="Trouble">The error of the last attempt.</param>
/// <param name="Wait">The time until the next attempt.</param>
internal readonly record struct SendRetry(string Trouble, TimeSpan Wait);

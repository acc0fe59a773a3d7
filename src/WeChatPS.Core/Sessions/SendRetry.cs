using System;

namespace WeChatPS;

/// <summary>A message, or a piece of a file, did not get through and is sent again.</summary>
/// <param name="Trouble">What went wrong, in words.</param>
/// <param name="Wait">How long until the next attempt.</param>
internal readonly record struct SendRetry(string Trouble, TimeSpan Wait);

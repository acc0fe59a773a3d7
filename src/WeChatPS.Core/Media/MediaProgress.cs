namespace WeChatPS.Media;

/// <summary>The progress of a download.</summary>
/// <param name="Done">The bytes received.</param>
/// <param name="Total">The total bytes; null while unknown.</param>
internal readonly record struct MediaProgress(long Done, long? Total);

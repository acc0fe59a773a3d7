namespace WeChatPS.Media;

/// <summary>How far a file has come.</summary>
/// <param name="Done">Bytes that are there.</param>
/// <param name="Total">Bytes in all; null when nobody says.</param>
internal readonly record struct MediaProgress(long Done, long? Total);

using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>An article of an official account.</summary>
/// <param name="Title">The headline, as plain text.</param>
/// <param name="Digest">The summary.</param>
/// <param name="Url">The address.</param>
/// <param name="Cover">The address of the cover image.</param>
public sealed record Article(string Title, string Digest, string Url, string Cover);

/// <summary>Articles that an official account sent as one message.</summary>
internal sealed record Publication(Contact From, DateTimeOffset Time, IReadOnlyList<Article> Articles);

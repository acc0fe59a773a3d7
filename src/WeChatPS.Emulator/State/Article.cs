using System;
using System.Collections.Generic;

namespace WeChatPS.Emulator;

/// <summary>An article of an official account.</summary>
/// <param name="Title">The headline, as plain text.</param>
/// <param name="Digest">What it is about.</param>
/// <param name="Url">Where to read it.</param>
/// <param name="Cover">The address of its picture.</param>
public sealed record Article(string Title, string Digest, string Url, string Cover);

/// <summary>Articles that an official account sent as one message.</summary>
internal sealed record Publication(Contact From, DateTimeOffset Time, IReadOnlyList<Article> Articles);

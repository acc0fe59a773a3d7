using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WeChatPS;

/// <summary>A link to a page or an article.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Description">The description.</param>
/// <param name="Url">The address. It is untrusted, because the sender wrote it.</param>
/// <param name="Source">The account or app that it comes from.</param>
public sealed record LinkContent(string Title, string Description, string Url, string Source);

/// <summary>A song.</summary>
/// <param name="Title">The title.</param>
/// <param name="Artist">The artist.</param>
/// <param name="Url">The address of the song's page.</param>
/// <param name="DataUrl">The address of the audio data.</param>
public sealed record MusicContent(string Title, string Artist, string Url, string DataUrl);

/// <summary>A mini program.</summary>
/// <param name="Title">The title that the sender shows.</param>
/// <param name="Name">The program's name.</param>
/// <param name="Page">The page inside the program.</param>
public sealed record MiniProgramContent(string Title, string Name, string Page);

/// <summary>Text that quotes a message.</summary>
/// <param name="Text">The text.</param>
/// <param name="QuotedMessageId">The id of the quoted message; empty if unknown.</param>
/// <param name="QuotedName">The name of the quoted message's author.</param>
/// <param name="QuotedText">The text or title of the quoted message; empty for images and voice messages.</param>
/// <param name="QuotedKind">The kind of the quoted message.</param>
public sealed record QuoteContent(string Text, string QuotedMessageId, string QuotedName, string QuotedText, MessageKind QuotedKind);

/// <summary>Forwarded messages of another chat (a chat history).</summary>
/// <param name="Title">The title, which names the chat.</param>
/// <param name="Summary">The first lines.</param>
/// <param name="Items">The messages, as far as WeChat included them.</param>
public sealed record ChatHistoryContent(string Title, string Summary, IReadOnlyList<ChatHistoryItem> Items)
{
    // The view shows only the number of messages, because there may be a thousand.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Title = {Title}, Summary = {Summary}, Items = ").Append(Items.Count.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}

/// <summary>One message of a chat history.</summary>
/// <param name="Name">The author's name.</param>
/// <param name="Time">The time as text, as written by the sender's phone.</param>
/// <param name="Text">The text or title; empty for images and voice messages.</param>
public sealed record ChatHistoryItem(string Name, string Time, string Text);

/// <summary>A transfer of money.</summary>
/// <param name="Amount">The amount as WeChat writes it, with a currency sign; empty if unknown.</param>
/// <param name="Value">The amount as a number; null if unknown.</param>
/// <param name="Memo">The sender's note.</param>
/// <param name="Description">WeChat's text.</param>
public sealed record TransferContent(string Amount, decimal? Value, string Memo, string Description);

/// <summary>An app message without a more specific kind.</summary>
/// <param name="Type">The app's type number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">The description.</param>
/// <param name="Url">The address. It is untrusted, because the sender wrote it.</param>
public sealed record AppContent(int Type, string Title, string Description, string Url);

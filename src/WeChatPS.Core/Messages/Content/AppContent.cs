using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WeChatPS;

/// <summary>A link to a page or an article.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Description">What stands below it.</param>
/// <param name="Url">Where it leads. Anybody may have written it.</param>
/// <param name="Source">The account or the app that it comes from.</param>
public sealed record LinkContent(string Title, string Description, string Url, string Source);

/// <summary>A song.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Artist">Who plays it.</param>
/// <param name="Url">Its page.</param>
/// <param name="DataUrl">Where it can be heard.</param>
public sealed record MusicContent(string Title, string Artist, string Url, string DataUrl);

/// <summary>A mini program.</summary>
/// <param name="Title">What the sender shows of it.</param>
/// <param name="Name">The program's name.</param>
/// <param name="Page">The page inside the program.</param>
public sealed record MiniProgramContent(string Title, string Name, string Page);

/// <summary>Text that quotes a message.</summary>
/// <param name="Text">What was written.</param>
/// <param name="QuotedMessageId">The quoted message's id; empty when not said.</param>
/// <param name="QuotedName">Who wrote the quoted message.</param>
/// <param name="QuotedText">What was quoted: its text or title; empty for pictures and recordings.</param>
/// <param name="QuotedKind">What was quoted.</param>
public sealed record QuoteContent(string Text, string QuotedMessageId, string QuotedName, string QuotedText, MessageKind QuotedKind);

/// <summary>A piece of another conversation.</summary>
/// <param name="Title">Whose conversation.</param>
/// <param name="Summary">Its first lines.</param>
/// <param name="Items">The messages, as far as they came along.</param>
public sealed record ChatHistoryContent(string Title, string Summary, IReadOnlyList<ChatHistoryItem> Items)
{
    // a thousand messages are too many for a view: it says how many there are
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"Title = {Title}, Summary = {Summary}, Items = ").Append(Items.Count.ToString(CultureInfo.InvariantCulture));
        return true;
    }
}

/// <summary>One message of a piece of another conversation.</summary>
/// <param name="Name">Who wrote it.</param>
/// <param name="Time">When, as the sender's phone writes it.</param>
/// <param name="Text">What it says: its text or title; empty for pictures and recordings.</param>
public sealed record ChatHistoryItem(string Name, string Time, string Text);

/// <summary>A transfer of money.</summary>
/// <param name="Amount">As WeChat writes it, with its currency sign; empty when not said.</param>
/// <param name="Value">The amount as a number; null when not said.</param>
/// <param name="Memo">What the sender wrote to it.</param>
/// <param name="Description">WeChat's own words.</param>
public sealed record TransferContent(string Amount, decimal? Value, string Memo, string Description);

/// <summary>Something from an app, of no kind of its own here.</summary>
/// <param name="Type">The app's type number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What stands below it.</param>
/// <param name="Url">Where it leads. Anybody may have written it.</param>
public sealed record AppContent(int Type, string Title, string Description, string Url);

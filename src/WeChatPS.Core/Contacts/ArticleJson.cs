using System;
using System.Collections.Generic;
using WeChatPS.Web;

namespace WeChatPS;

/// <summary>Reads the latest articles of official accounts from the response to webwxinit.</summary>
internal static class ArticleJson
{
    public static List<WeChatArticle> ReadList(JsonSlice messages)
    {
        var articles = new List<WeChatArticle>();
        foreach (JsonSlice message in messages.Items)
        {
            string userName = message.Find("UserName"u8).AsText();
            if (userName.Length == 0) continue;
            var from = new WeChatContact(userName) { NickName = Text(message, "NickName"u8), Kind = ContactKind.Official };
            foreach (JsonSlice article in message.Find("MPArticleList"u8).Items)
            {
                articles.Add(new WeChatArticle(from)
                {
                    Time = WireTime.FromSeconds(message.Find("Time"u8).AsInt64()),
                    Title = Text(article, "Title"u8),
                    Digest = Text(article, "Digest"u8),
                    Url = article.Find("Url"u8).AsText(),
                    CoverUrl = article.Find("Cover"u8).AsText(),
                });
            }
        }

        return articles;
    }

    private static string Text(JsonSlice item, ReadOnlySpan<byte> name) => WireText.Decode(item.Find(name).AsText());
}

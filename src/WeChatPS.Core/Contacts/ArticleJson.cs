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
            if (BoundedText.Whole(message.Find("UserName"u8), ContactLimits.UserName) is not { Length: > 0 } userName) continue;
            var from = new WeChatContact(userName) { NickName = Text(message, "NickName"u8, ContactLimits.Name), Kind = ContactKind.Official };
            foreach (JsonSlice article in message.Find("MPArticleList"u8).Items)
            {
                if (articles.Count == ContactLimits.Articles) return articles;
                articles.Add(new WeChatArticle(from)
                {
                    Time = WireTime.FromSeconds(message.Find("Time"u8).AsInt64()),
                    Title = Text(article, "Title"u8, ContactLimits.Text),
                    Digest = Text(article, "Digest"u8, ContactLimits.Text),
                    Url = BoundedText.Whole(article.Find("Url"u8), ContactLimits.Link),
                    CoverUrl = BoundedText.Whole(article.Find("Cover"u8), ContactLimits.Link),
                });
            }
        }

        return articles;
    }

    private static string Text(JsonSlice item, ReadOnlySpan<byte> name, int most)
    {
        bool isCut = false;
        return BoundedText.Decoded(item.Find(name), most, ref isCut);
    }
}

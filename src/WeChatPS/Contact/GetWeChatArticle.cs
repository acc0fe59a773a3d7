using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Get-WeChatArticle: gets the articles that official accounts sent before the login.</summary>
[Cmdlet(VerbsCommon.Get, "WeChatArticle")]
[OutputType(typeof(WeChatArticle))]
public sealed class GetWeChatArticle : SessionCmdlet
{
    /// <summary>Specifies the official accounts: names, ids or contacts. By default, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OfficialAccountCompleter))]
    public ContactRef[]? From { get; set; }

    private protected override Origin? InputOrigin => From?[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        if (From is null) Write(session.Articles);
        foreach (ContactRef wanted in From ?? [])
        {
            await TryAsync(async () =>
            {
                WeChatSession own = SessionOf(wanted.Origin);
                WeChatContact account = await wanted.ResolveAsync(own, stop);
                Write(own.Articles.Where(article => article.From == account));
            });
        }
    }

    private void Write(IEnumerable<WeChatArticle> articles)
    {
        foreach (WeChatArticle article in articles)
            WriteObject(article);
    }
}

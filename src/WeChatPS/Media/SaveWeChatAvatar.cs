using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using WeChatPS.Sessions;

namespace WeChatPS;

/// <summary>Save-WeChatAvatar: saves the avatars of people, official accounts and groups.</summary>
[Cmdlet(VerbsData.Save, "WeChatAvatar", SupportsShouldProcess = true, DefaultParameterSetName = "Path", ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(FileInfo))]
public sealed class SaveWeChatAvatar : SaveCmdlet
{
    /// <summary>Specifies contacts, groups or group members, as objects, by id or by name; or messages, for their group or the other person.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContactCompleter))]
    public ContactRef[] Contact { get; set; } = [];

    private protected override Origin? InputOrigin => Contact[0].Origin;

    private protected override async Task ProcessAsync(WeChatSession session, CancellationToken stop)
    {
        foreach (ContactRef one in Contact)
        {
            await SaveAsync($"the avatar of {one}", async target =>
            {
                WeChatSession own = SessionOf(one.Origin);
                WeChatContact contact = await one.ResolveAsync(own, stop);
                WeChatContact? group = one.Member is { } member ? await own.ResolveAsync(member.ToGroup(), stop) : null;
                return await own.SaveAvatarAsync(contact, group, Thumbnail, target, stop);
            });
        }
    }
}

using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace WeChatPS;

/// <summary>Completes the names of requests that a fault can affect.</summary>
public sealed class EmulatorRequestCompleter : NameCompleter
{
    private static readonly Candidate[] s_requests =
    [
        .. new (string Name, string Purpose)[]
        {
            ("*", "every request"), ("jslogin", "a new QR code"), ("login", "waits for the phone"), ("webwxnewloginpage", "the end of a login"),
            ("webwxinit", "the start of a session"), ("webwxgetcontact", "the contacts"), ("webwxbatchgetcontact", "details of contacts and groups"),
            ("synccheck", "the long poll"), ("webwxsync", "fetches messages"), ("webwxsendmsg", "sends a text"), ("webwxsendappmsg", "sends a file"),
            ("webwxsendmsgimg", "sends an image"), ("webwxsendvideomsg", "sends a video"), ("webwxsendemoticon", "sends a sticker"),
            ("webwxuploadmedia", "uploads a chunk of a file"), ("webwxrevokemsg", "recalls a message"), ("webwxgetmsgimg", "downloads an image"),
            ("webwxgetvoice", "downloads a voice message"), ("webwxgetvideo", "downloads a video"), ("webwxgetmedia", "downloads a file"),
            ("webwxoplog", "changes a contact"), ("webwxcreatechatroom", "creates a group"), ("webwxupdatechatroom", "changes a group"),
            ("webwxverifyuser", "friend requests"), ("webwxlogout", "logs out"),
        }.Select(request => new Candidate(request.Name, $"{request.Name}: {request.Purpose}")),
    ];

    private protected override IEnumerable<Candidate> Candidates(IDictionary bound) => s_requests;
}

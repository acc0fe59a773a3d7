using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>
/// Turns what a test wants to happen into the item that each session gets: the names differ from session to session, the MsgId does not.
/// </summary>
internal sealed class MessageComposer
{
    private readonly Account _account;
    private readonly IncomingMessage _message;
    private readonly Contact? _from;
    private readonly Contact? _group;
    private readonly Contact? _to;
    private readonly Contact? _card;
    private readonly long _id = Ids.MsgId();
    private readonly long _time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private readonly ReadOnlyMemory<byte> _data;
    private readonly string _mediaId = "";

    /// <summary>Resolves the names.</summary>
    /// <exception cref="EmulatorException">One of them is unknown, or nobody is named.</exception>
    public MessageComposer(Account account, MediaStore media, IncomingMessage message)
    {
        _account = account;
        _message = message;
        _group = message.Group is null ? null : account.Contact(message.Group);
        if (_group is { Kind: not ContactKind.Group })
        {
            throw new EmulatorException($"'{message.Group}' is not a group");
        }

        _to = message.To is null ? null : account.Contact(message.To);
        _from = message.From is null || message.Kind == MessageKind.FriendRequest ? null : Sender(message.From);
        _card = message.Kind == MessageKind.Card ? account.Find(message.Card) ?? account.Requests.Person(message.Card) : null;
        bool needsNobody = message.Kind is MessageKind.FriendRequest or MessageKind.Status or MessageKind.Raw;
        if (_from is null && _group is null && _to is null && !needsNobody)
        {
            throw new EmulatorException("a message needs a sender (from), a group, or, when the account itself writes, a receiver (to)");
        }

        _data = message.Data.IsEmpty ? SampleMedia.Of(message.Kind) : message.Data;
        if (!_data.IsEmpty)
        {
            var stored = new StoredMedia(message.FileName, _data);
            media.Keep(MsgId, stored);
            _mediaId = message.Kind == MessageKind.File ? media.Keep(stored) : "";
        }
    }

    public string MsgId => _id.ToString(CultureInfo.InvariantCulture);

    public void AddTo(WebSession session)
    {
        if (_message.Kind == MessageKind.Raw)
        {
            string json = _message.Json
                .Replace("{self}", session.SelfUserName, StringComparison.Ordinal)
                .Replace("{from}", _from is null ? "" : session.UserNameOf(_from), StringComparison.Ordinal)
                .Replace("{msgid}", MsgId, StringComparison.Ordinal);
            session.Messages.Add(Encoding.UTF8.GetBytes(json + "\n"));
            return;
        }

        session.Messages.Add(Item(session).ToJson());
    }

    private Contact? Sender(string name)
    {
        GroupMember? member = _group?.Members.FirstOrDefault(m =>
            m.DisplayName == name || m.Person.Id == name || m.Person.RemarkName == name || m.Person.NickName == name);
        if (member is null && _group is not null)
        {
            throw Account.Unknown($"member of '{_group}'", name, _group.Members.Select(m => m.Person));
        }

        Contact person = member?.Person ?? _account.Contact(name);
        return person == _account.Me ? null : person;
    }

    private MessageItem Item(WebSession session)
    {
        bool isMine = _from is null && (_message.Kind != MessageKind.System);
        string me = session.SelfUserName;
        string chat = Chat(session);
        var plain = new MessageItem
        {
            Id = _id,
            CreateTime = _time,
            From = isMine ? me : chat,
            To = isMine ? chat : me,
            Type = 1,
            Content = Prefix(session),
        };
        return _message.Kind switch
        {
            MessageKind.Text => plain with { Content = plain.Content + WireText.Message(_message.Text) },
            MessageKind.Image => plain with
            {
                Type = 3, ImgStatus = 2, ImgWidth = 120, ImgHeight = 90,
                Content = plain.Content + MessageXml.Image(_data.Length),
            },
            MessageKind.Voice => plain with
            {
                Type = 34, VoiceLength = (int)_message.Duration.TotalMilliseconds,
                Content = plain.Content + MessageXml.Voice(_message.Duration, _data.Length, _id),
            },
            MessageKind.Video => plain with
            {
                Type = 43, PlayLength = (int)_message.Duration.TotalSeconds, ImgWidth = 290, ImgHeight = 512,
                Content = plain.Content + MessageXml.Video(_message.Duration, _data.Length),
            },
            MessageKind.Emoticon => plain with
            {
                Type = 47, ImgStatus = 2, ImgWidth = 240, ImgHeight = 240,
                Content = plain.Content + MessageXml.Emoticon(_data.Span),
            },
            MessageKind.File => plain with
            {
                Type = 49, AppMsgType = 6, MediaId = _mediaId, FileName = WireText.Name(_message.FileName),
                FileSize = _data.Length.ToString(CultureInfo.InvariantCulture), EncryFileName = WireText.FileName(_message.FileName),
                Content = plain.Content + MessageXml.File(_message.FileName, _data.Length, _mediaId),
            },
            MessageKind.Link => plain with
            {
                Type = 49, AppMsgType = 5, FileName = WireText.Name(_message.Title), Url = _message.Url,
                Content = plain.Content + MessageXml.Link(_message.Title, _message.Text, _message.Url),
            },
            MessageKind.Location => plain with
            {
                SubMsgType = 48, Url = MessageXml.MapUrl(_message.Latitude, _message.Longitude),
                Content = plain.Content + MessageXml.LocationText(_message.Title, _id),
                OriContent = MessageXml.Location(_message.Latitude, _message.Longitude, _message.Title, _message.Text),
            },
            MessageKind.Card => plain with
            {
                Type = 42,
                Content = plain.Content + MessageXml.Card(_card!.NickName, _card.Id),
                Recommend = new(session.UserNameOf(_card), WireText.Name(_card.NickName), "", 17, "", 0),
            },
            MessageKind.System => plain with { Type = 10000, Status = 4, Content = WireText.Name(_message.Text) },
            MessageKind.Recall => plain with
            {
                Type = 10002, Status = 4,
                Content = plain.Content + MessageXml.Recall(_account.Id, _message.RecalledMsgId, _from?.ToString() ?? "你"),
            },
            MessageKind.FriendRequest => FriendRequest(session),
            _ => StatusNotice(session),
        };
    }

    private string Chat(WebSession session)
    {
        Contact? chat = _group ?? _from ?? _to;
        return chat is null ? session.SelfUserName : session.UserNameOf(chat);
    }

    /// <summary>In a group the text of others begins with who wrote it; one's own does not, nor do notices.</summary>
    private string Prefix(WebSession session) =>
        _group is not null && _from is not null ? session.UserNameOf(_from) + ":<br/>" : "";

    private MessageItem FriendRequest(WebSession session)
    {
        Contact stranger = _account.Requests.Person(_message.From ?? "陌生人");
        string ticket = "v2_" + Ids.Hex(96) + "@stranger";
        _account.Requests.Open(ticket, stranger);
        return new MessageItem
        {
            Id = _id,
            CreateTime = _time,
            From = "fmessage",
            To = session.SelfUserName,
            Type = 37,
            Content = MessageXml.FriendRequest(stranger.NickName, stranger.Id, _message.Text, ticket),
            Recommend = new(session.UserNameOf(stranger), WireText.Name(stranger.NickName), WireText.Name(_message.Text), 6, ticket, 2),
        };
    }

    private MessageItem StatusNotice(WebSession session)
    {
        IReadOnlyList<Contact> chats = _message.StatusCode == 4
            ? RecentChats.Of(_account)
            : [.. new[] { _group ?? _from ?? _to }.OfType<Contact>()];
        return new MessageItem
        {
            Id = _id,
            CreateTime = _time,
            From = session.SelfUserName,
            To = _message.StatusCode == 4 || chats.Count == 0 ? session.SelfUserName : session.UserNameOf(chats[0]),
            Type = 51,
            Content = _message.StatusCode == 4 ? MessageXml.ChatList(chats.Select(c => c.Id)) : "",
            StatusNotifyCode = _message.StatusCode,
            StatusNotifyUserName = string.Join(',', chats.Select(session.UserNameOf)),
        };
    }
}

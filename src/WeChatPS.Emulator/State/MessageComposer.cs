using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using WeChatPS.Emulator.Wire;

namespace WeChatPS.Emulator.State;

/// <summary>
/// Creates the item of a message for each session. User names differ between sessions, and the MsgId does not.
/// </summary>
internal sealed class MessageComposer
{
    private readonly Account _account;
    private readonly IncomingMessage _message;
    private readonly Contact? _from;
    private readonly Contact? _group;
    private readonly Contact? _to;
    private readonly long _id = Ids.MsgId();
    private readonly long _time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private readonly int _type;
    private readonly bool _isNotice;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly string _mediaId = "";
    private readonly AppXml? _app;

    /// <summary>The person of a name card or friend request.</summary>
    private readonly Contact? _person;

    /// <summary>The person who shared the account's name card.</summary>
    private readonly Contact? _sharer;

    private readonly string _ticket = "";
    private readonly IReadOnlyList<Contact> _chats = [];

    /// <summary>The Content without the escapes of the wire.</summary>
    private readonly string _content;

    /// <summary>Resolves the names.</summary>
    /// <exception cref="EmulatorException">A name is unknown, or a value that the kind requires is missing.</exception>
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
        _from = message.From is null || message.Kind is MessageKind.FriendRequest or MessageKind.FriendSuggestion ? null : Sender(message.From);
        bool needsNobody = message.Kind is MessageKind.FriendRequest or MessageKind.FriendSuggestion or MessageKind.Status or MessageKind.Raw;
        if (_from is null && _group is null && _to is null && !needsNobody)
        {
            throw new EmulatorException("a message needs a sender (from), a group, or a recipient (to) if the account itself sends it");
        }

        (int type, int appType) = KindNumbers.Of(message);
        _type = message.MsgType ?? type;
        _isNotice = type == KindNumbers.Notice;
        _data = message.Data.IsEmpty ? SampleMedia.Of(message.Kind) : message.Data;
        if (!_data.IsEmpty && message.ProductId.Length == 0)
        {
            var stored = new StoredMedia(message.FileName, _data);
            media.Keep(MsgId, stored);
            _mediaId = message.Kind == MessageKind.File ? media.Keep(stored) : "";
        }

        switch (message.Kind)
        {
            case MessageKind.Card:
                _person = account.Find(message.Card) ?? account.Requests.Person(message.Card);
                break;
            case MessageKind.FriendRequest:
                _person = account.Requests.Person(message.From ?? "陌生人");
                _ticket = "v2_" + Ids.Hex(96) + "@stranger";
                account.Requests.Open(_ticket, _person);
                _sharer = message.Card.Length == 0 ? null : account.Contact(message.Card);
                break;
            case MessageKind.FriendSuggestion:
                _person = account.Requests.Person(message.From ?? "陌生人");
                break;
            case MessageKind.Status:
                _chats = message.StatusCode == 4 ? RecentChats.Of(account) : [.. new[] { _group ?? _from ?? _to }.OfType<Contact>()];
                break;
        }

        if (type == KindNumbers.App)
        {
            _app = AppMessages.Of(message, message.AppMsgType ?? appType, _data.Span, _mediaId, Quoted());
        }

        _content = _isNotice ? Notice() : _app?.ToString() ?? Content();
    }

    public string MsgId => _id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The form for quotes.</summary>
    public QuotableMessage Quotable => new(MsgId, _from ?? _account.Me, _group ?? _from ?? _account.Me, _type, _content);

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
        Contact person = _group is null ? _account.Contact(name) : Account.Member(_group, name).Person;
        return person == _account.Me ? null : person;
    }

    private QuotableMessage? Quoted()
    {
        if (_message.Kind != MessageKind.Quote)
        {
            return null;
        }

        return _account.FindQuotable(_message.QuotedMsgId)
            ?? throw new EmulatorException($"no message has the id '{_message.QuotedMsgId}'. quotedMsgId must be the id of a recent message of the account");
    }

    private string Notice()
    {
        if (_group is null && _message.Kind is MessageKind.GroupJoin or MessageKind.GroupLeave or MessageKind.GroupRename)
        {
            throw new EmulatorException($"a message of kind {_message.Kind} needs a group");
        }

        return Notices.Of(_message, _from) ?? throw new EmulatorException(_message.Kind == MessageKind.GroupRename
            ? "a message of kind GroupRename needs a text: the new name"
            : $"a message of kind {_message.Kind} needs a text (the affected member) or a sender (from, the acting member)");
    }

    private string Content() => _message.Kind switch
    {
        MessageKind.Image => MessageXml.Image(_data.Length),
        MessageKind.Voice => MessageXml.Voice(_message.Duration, _data.Length, _id),
        MessageKind.Video => MessageXml.Video(_message.Duration, _data.Length),
        MessageKind.Emoticon => MessageXml.Emoticon(_data.Span, _message.ProductId),
        MessageKind.Location => MessageXml.LocationText(_message.Title, _id),
        MessageKind.Card => PersonXml.Card(_person!),
        MessageKind.Call => MessageXml.Call(_id),
        MessageKind.Recall => MessageXml.Recall((_group ?? _from ?? _to)!.Id, _message.RecalledMsgId, _from?.ToString()),
        MessageKind.FriendRequest => PersonXml.FriendRequest(_person!, _message.Text, _ticket, _group, _sharer),
        MessageKind.FriendSuggestion => PersonXml.Suggestion(_person!),
        MessageKind.Status => _message.StatusCode == 4 ? MessageXml.ChatList(_chats.Select(c => c.Id)) : "",
        _ => _message.Text,
    };

    private MessageItem Item(WebSession session)
    {
        bool isMine = _from is null && !_isNotice;
        string me = session.SelfUserName;
        string chat = (_group ?? _from ?? _to) is { } other ? session.UserNameOf(other) : me;
        bool isText = _message.Kind is MessageKind.Text or MessageKind.Location;
        string content = isText ? WireText.Message(_content) : WireText.Xml(_content);

        // A group message of another member starts with the sender's user name. Own messages and notices do not.
        string prefix = _group is not null && _from is not null && !_isNotice ? session.UserNameOf(_from) + ":<br/>" : "";
        var plain = new MessageItem
        {
            Id = _id,
            CreateTime = _time,
            From = isMine ? me : chat,
            To = isMine ? chat : me,
            Type = _type,
            AppMsgType = _app?.Type ?? _message.AppMsgType ?? 0,
            Content = prefix + content,
        };
        return _message.Kind switch
        {
            MessageKind.Image => plain with { ImgStatus = 2, ImgWidth = 120, ImgHeight = 90 },
            MessageKind.Voice => plain with { VoiceLength = (int)_message.Duration.TotalMilliseconds },
            MessageKind.Video => plain with { PlayLength = (int)_message.Duration.TotalSeconds, ImgWidth = 290, ImgHeight = 512 },
            MessageKind.Emoticon => plain with { ImgStatus = 2, ImgWidth = 240, ImgHeight = 240, HasProductId = _message.ProductId.Length > 0 },
            MessageKind.Location => plain with
            {
                SubMsgType = 48, Url = MessageXml.MapUrl(_message.Latitude, _message.Longitude),
                OriContent = WireText.Xml(MessageXml.Location(_message.Latitude, _message.Longitude, _message.Title, _message.Text)),
            },
            MessageKind.Card => plain with { Recommend = new(_person!, session.UserNameOf(_person!), 17) },
            MessageKind.FriendRequest => plain with
            {
                From = "fmessage", To = me,
                Recommend = new(_person!, session.UserNameOf(_person!), PersonXml.SceneOf(_group, _sharer))
                {
                    Content = WireText.Name(_message.Text), Ticket = _ticket, OpCode = 2,
                },
            },
            MessageKind.FriendSuggestion => plain with { From = "fmessage", To = me, Recommend = new(_person!, session.UserNameOf(_person!), 3) },
            MessageKind.Status => plain with
            {
                From = me, To = _message.StatusCode == 4 || _chats.Count == 0 ? me : session.UserNameOf(_chats[0]), Content = content,
                StatusNotifyCode = _message.StatusCode, StatusNotifyUserName = string.Join(',', _chats.Select(session.UserNameOf)),
            },
            MessageKind.Recall => plain with { Status = 4 },
            MessageKind.File => App(plain) with
            {
                MediaId = _mediaId, FileSize = _data.Length.ToString(CultureInfo.InvariantCulture), EncryFileName = WireText.FileName(_message.FileName),
            },
            _ when _app is not null => App(plain),
            _ when _isNotice => plain with { Status = 4 },
            _ => plain,
        };
    }

    private MessageItem App(MessageItem plain) =>
        plain with { FileName = WireText.Name(_app!.Title), Url = _app.Url, AppId = _app.AppId };
}

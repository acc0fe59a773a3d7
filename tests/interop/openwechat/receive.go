package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/eatmoreapple/openwechat"
)

const hardText = "a <b> & \"c\" 'd' 你好\nsecond line"

func (w *world) receiveCalls() []call {
	data := bytes.Repeat([]byte{0x47, 0x11, 0, 0xff}, 3000)
	encoded := base64.StdEncoding.EncodeToString(data)
	calls := []call{
		{name: "receive a text; Message.Sender, Receiver", try: func() error {
			got, err := w.receive(fields{"from": "张三", "text": hardText})
			if err != nil {
				return err
			}
			sender, problem := got.Sender()
			receiver, other := got.Receiver()
			return first(problem, other, expect(got.IsText() && got.Content == hardText && sender.NickName == "张三" && receiver.IsSelf(), "%q", got.Content))
		}},
		{name: "receive an emoji", try: func() error {
			got, err := w.receive(fields{"from": "张三", "text": "😀 hi 🌙"})
			return first(err, expect(got.Content == "😀 hi 🌙", "%q", got.Content))
		}},
		{name: "receive an emoji of two code points", try: func() error {
			got, err := w.receive(fields{"from": "张三", "text": "🇨🇳"})
			return first(err, expect(got.Content == "🇨🇳", "%q", got.Content))
		}, clientFault: "FormatEmoji reads the code of an emoji as one code point"},
		{name: "receive in a group; SenderInGroup", try: func() error {
			got, err := w.receive(fields{"from": "赵六", "group": "运维群", "text": "disk: 92%"})
			if err != nil {
				return err
			}
			sender, err := got.SenderInGroup()
			return first(err, expect(sender != nil && sender.NickName == "赵六" && got.Content == "disk: 92%", "%v %q", sender, got.Content))
		}},
		{name: "receive a mention; IsAt", try: func() error {
			got, err := w.receive(fields{"from": "赵六", "group": "运维群", "text": "@我\u2005look"})
			return first(err, expect(got.IsAt(), "%q", got.Content))
		}},
		{name: "receive from the account's own phone; IsSendBySelf, Receiver", try: func() error {
			got, err := w.receive(fields{"to": "王五", "text": "from my phone"})
			if err != nil {
				return err
			}
			receiver, err := got.Receiver()
			return first(err, expect(got.IsSendBySelf() && receiver.NickName == "王五", "%v", receiver))
		}},
		{name: "receive from a group that the address book lacks", try: func() error {
			got, err := w.receive(fields{"from": "王五", "group": "周末爬山", "text": "up"})
			if err != nil {
				return err
			}
			sender, err := got.Sender()
			return first(err, expect(sender.NickName == "周末爬山", "%v", sender))
		}},
		{name: "receive 120 messages in order, each once", try: func() error {
			var answer struct{ MsgIds []string }
			if err := control("POST", "message", fields{"from": "李四", "text": "nr {n}", "count": 120}, &answer); err != nil {
				return err
			}
			if _, err := w.message(answer.MsgIds[119]); err != nil {
				return err
			}
			w.lock.Lock()
			defer w.lock.Unlock()
			got := w.order[len(w.order)-120:]
			return expect(strings.Join(got, " ") == strings.Join(answer.MsgIds, " "), "another order or number")
		}},
		{name: "receive a voice message; GetVoice", try: func() error {
			return w.file(fields{"from": "张三", "kind": "voice", "durationMs": 1500, "dataBase64": encoded}, data, (*openwechat.Message).IsVoice)
		}},
		{name: "receive an image; GetFile", try: func() error {
			return w.file(fields{"from": "张三", "kind": "image", "dataBase64": encoded}, data, (*openwechat.Message).IsPicture)
		}},
		{name: "receive a video; GetFile", try: func() error {
			return w.file(fields{"from": "张三", "kind": "video", "dataBase64": encoded}, data, (*openwechat.Message).IsVideo)
		}},
		{name: "receive a sticker; GetFile", try: func() error {
			return w.file(fields{"from": "张三", "kind": "emoticon", "dataBase64": encoded}, data, (*openwechat.Message).IsEmoticon)
		}},
		{name: "receive a file; GetMedia", try: func() error {
			return w.file(fields{"from": "张三", "kind": "file", "fileName": "a b.txt", "dataBase64": encoded}, data, (*openwechat.Message).HasAttachment)
		}},
		{name: "receive a name card; Card", try: func() error {
			got, err := w.receive(fields{"from": "张三", "kind": "card", "card": "王五"})
			if err != nil {
				return err
			}
			card, err := got.Card()
			return first(err, expect(got.RecommendInfo.NickName == "王五" && card.NickName == "王五", "%v", card))
		}},
		{name: "receive a recall; RevokeMsg", try: func() error {
			id, err := deliver(fields{"from": "张三", "text": "oops"})
			if err != nil {
				return err
			}
			got, err := w.receive(fields{"from": "张三", "kind": "recall", "recalledMsgId": id})
			if err != nil {
				return err
			}
			recall, err := got.RevokeMsg()
			return first(err, expect(fmt.Sprint(recall.RevokeMsg.MsgId) == id, "%v", recall))
		}},
		{name: "Message.AsRead", try: func() error {
			got, err := w.receive(fields{"from": "张三", "text": "read me"})
			return first(err, got.AsRead())
		}},
	}
	kinds := []struct {
		name    string
		message fields
		is      func(*openwechat.Message) bool
	}{
		{"a link; IsArticle", fields{"kind": "link", "title": "t", "url": "https://example.com/?a=1&b=2"}, (*openwechat.Message).IsArticle},
		{"music", fields{"kind": "music", "title": "t", "url": "https://example.com/"}, (*openwechat.Message).IsMedia},
		{"a mini program", fields{"kind": "miniProgram", "title": "t", "text": "app"}, (*openwechat.Message).IsMedia},
		{"a chat history", fields{"kind": "chatHistory", "text": "张三: a\n李四: b"}, (*openwechat.Message).IsMedia},
		{"a location; IsLocation", fields{"kind": "location", "title": "人民广场", "text": "x"}, (*openwechat.Message).IsLocation},
		{"a live location; IsRealtimeLocationStart", fields{"kind": "liveLocation"}, (*openwechat.Message).IsRealtimeLocationStart},
		{"a transfer; IsTransferAccounts", fields{"kind": "transfer", "amount": 1.5}, (*openwechat.Message).IsTransferAccounts},
		{"a red packet; IsReceiveRedPacket", fields{"kind": "redPacket"}, (*openwechat.Message).IsReceiveRedPacket},
		{"a tickle; IsTickledMe", fields{"kind": "tickle"}, (*openwechat.Message).IsTickledMe},
		{"a notice; IsSystem", fields{"kind": "system", "text": "hello"}, (*openwechat.Message).IsSystem},
		{"a call", fields{"kind": "call"}, func(m *openwechat.Message) bool { return m.MsgType == openwechat.MsgTypeVoip }},
		{"a status; IsNotify", fields{"kind": "status", "statusCode": 2}, (*openwechat.Message).IsNotify},
		{"a friend suggestion", fields{"kind": "friendSuggestion"}, func(m *openwechat.Message) bool { return m.MsgType == openwechat.MsgTypePossibleFriend }},
		{"who joined a group; IsJoinGroup", fields{"kind": "groupJoin", "group": "运维群", "text": "钱八"}, (*openwechat.Message).IsJoinGroup},
		{"who left a group", fields{"kind": "groupLeave", "group": "运维群", "text": "钱八"}, (*openwechat.Message).IsSystem},
		{"a group's new name; IsRenameGroup", fields{"kind": "groupRename", "group": "运维群", "text": "运维群"}, (*openwechat.Message).IsRenameGroup},
	}
	for _, kind := range kinds {
		kind := kind
		calls = append(calls, call{name: "receive " + kind.name, try: func() error {
			kind.message["from"] = "张三"
			got, err := w.receive(kind.message)
			return first(err, expect(kind.is(got), "it is not taken for one: type %d, %d, %q", got.MsgType, got.AppMsgType, got.Content))
		}})
	}
	calls = append(calls, call{name: "receive a quote", try: func() error {
		id, err := deliver(fields{"from": "张三", "text": "said before"})
		if err != nil {
			return err
		}
		got, err := w.receive(fields{"from": "张三", "kind": "quote", "text": "yes", "quotedMsgId": id})
		return first(err, expect(got.IsMedia() && got.FileName == "yes", "%q", got.FileName))
	}}, call{name: "Message.MediaData of a link", try: func() error {
		got, err := w.receive(fields{"from": "张三", "kind": "link", "title": "t & u", "url": "https://example.com/"})
		if err != nil {
			return err
		}
		article, err := got.MediaData()
		return first(err, expect(article.IsArticle() && article.AppMsg.Title == "t & u", "%v", article))
	}})
	return calls
}

// Receives a message with a file, whose bytes must be those.
func (w *world) file(message fields, data []byte, is func(*openwechat.Message) bool) error {
	got, err := w.receive(message)
	if err != nil {
		return err
	}
	var saved bytes.Buffer
	err = got.SaveFile(&saved)
	return first(err, expect(is(got), "type %d", got.MsgType), expect(bytes.Equal(saved.Bytes(), data), "%d bytes instead of %d", saved.Len(), len(data)))
}

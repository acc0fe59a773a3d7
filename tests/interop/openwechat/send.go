package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"github.com/eatmoreapple/openwechat"
)

var (
	png = []byte("\x89PNG\r\n\x1a\n")
	mp4 = []byte("\x00\x00\x00\x18ftypmp42")
	gif = []byte("GIF89a")
)

const soon = time.Millisecond

type sentCall = func() (*openwechat.SentMessage, error)

func (w *world) sendCalls() []call {
	open := func(name string, size int, head []byte) *os.File {
		file, err := sampleFile(w.folder, name, size, head)
		if err != nil {
			panic(err)
		}
		return file
	}
	var text, image, attachment *openwechat.SentMessage
	keep := func(where **openwechat.SentMessage, send sentCall) sentCall {
		return func() (*openwechat.SentMessage, error) {
			sent, err := send()
			*where = sent
			return sent, err
		}
	}
	return []call{
		{name: "Friend.SendText", try: one("张三", 1, 0, hardText+" 😀", func() (*openwechat.SentMessage, error) { return w.friend("张三").SendText(hardText + " 😀") })},
		{name: "Group.SendText", try: one("运维群", 1, 0, "to all", func() (*openwechat.SentMessage, error) { return w.group("运维群").SendText("to all") })},
		{name: "Self.FileHelper().SendText", try: one("文件传输助手", 1, 0, "to me", keep(&text, func() (*openwechat.SentMessage, error) { return w.self.FileHelper().SendText("to me") }))},
		{name: "Mp.SendText", try: one("每日天气", 1, 0, "rain?", func() (*openwechat.SentMessage, error) {
			mps, _ := w.self.Mps()
			return mps.GetByNickName("每日天气").SendText("rain?")
		})},
		{name: "Friend.SendImage", try: one("张三", 3, 2000, "", keep(&image, func() (*openwechat.SentMessage, error) { return w.friend("张三").SendImage(open("a.png", 2000, png)) }))},
		{name: "Friend.SendImage from a reader without a name", try: one("张三", 3, 8, "", func() (*openwechat.SentMessage, error) { return w.friend("张三").SendImage(bytes.NewReader(png)) })},
		{name: "Friend.SendVideo", try: one("张三", 43, 3000, "", func() (*openwechat.SentMessage, error) { return w.friend("张三").SendVideo(open("a.mp4", 3000, mp4)) })},
		{name: "Friend.SendFile", try: one("张三", 6, 4000, "", keep(&attachment, func() (*openwechat.SentMessage, error) { return w.friend("张三").SendFile(open("a.bin", 4000, nil)) }))},
		{name: "Friend.SendFile of three pieces", try: one("张三", 6, 1_300_000, "", func() (*openwechat.SentMessage, error) {
			return w.friend("张三").SendFile(open("three.bin", 1_300_000, nil))
		})},
		{name: "Friend.SendFile of 26 MiB (webwxcheckupload)", try: one("张三", 6, 26<<20, "", func() (*openwechat.SentMessage, error) {
			return w.friend("张三").SendFile(open("large.bin", 26<<20, nil))
		})},
		{name: "Friend.SendFile of the same 26 MiB, which the server has", try: one("李四", 6, 26<<20, "", func() (*openwechat.SentMessage, error) {
			return w.friend("李四").SendFile(open("large.bin", 26<<20, nil))
		})},
		{name: "Self.SendEmoticonToFriend by MD5", try: one("张三", 1, 0, "", func() (*openwechat.SentMessage, error) {
			return w.self.SendEmoticonToFriend(w.friend("张三"), "0123456789abcdef0123456789abcdef", nil)
		})},
		{name: "Self.SendEmoticonToFriend, a file", try: one("张三", 1, 500, "", func() (*openwechat.SentMessage, error) {
			return w.self.SendEmoticonToFriend(w.friend("张三"), "", open("a.gif", 500, gif))
		})},
		{name: "Group.SendImage", try: one("运维群", 3, 2000, "", func() (*openwechat.SentMessage, error) {
			return w.group("运维群").SendImage(open("b.png", 2000, png))
		})},
		{name: "Group.SendFile", try: one("运维群", 6, 4000, "", func() (*openwechat.SentMessage, error) {
			return w.group("运维群").SendFile(open("b.bin", 4000, nil))
		})},
		{name: "Group.SendVideo", try: one("运维群", 43, 3000, "", func() (*openwechat.SentMessage, error) {
			return w.group("运维群").SendVideo(open("b.mp4", 3000, mp4))
		})},
		{name: "Group.SendEmoticon", try: one("运维群", 1, 500, "", func() (*openwechat.SentMessage, error) {
			return w.group("运维群").SendEmoticon("", open("b.gif", 500, gif))
		})},
		{name: "Mp.SendImage, Mp.SendFile", try: func() error {
			mps, _ := w.self.Mps()
			mp := mps.GetByNickName("每日天气")
			return many(2, func() error {
				_, one := mp.SendImage(open("c.png", 2000, png))
				_, two := mp.SendFile(open("c.bin", 4000, nil))
				return first(one, two)
			})
		}},
		{name: "Friends.SendText to three", try: func() error {
			return many(3, func() error { return w.self.SendTextToFriends("to three", soon, w.three()...) })
		}},
		{name: "Self.SendImageToFriends to three", try: func() error {
			return many(3, func() error { return w.self.SendImageToFriends(open("d.png", 2000, png), soon, w.three()...) })
		}},
		{name: "Self.SendFileToFriends to three", try: func() error {
			return many(3, func() error { return w.self.SendFileToFriends(open("d.bin", 4000, nil), soon, w.three()...) })
		}},
		{name: "Self.SendVideoToFriends to three", try: func() error {
			return many(3, func() error { return w.self.SendVideoToFriends(open("d.mp4", 3000, mp4), soon, w.three()...) })
		}, clientFault: "forwardMessage knows no videos: only the first friend gets it"},
		{name: "Self.SendEmoticonToFriends to three", try: func() error {
			return many(3, func() error { return w.self.SendEmoticonToFriends("", open("d.gif", 500, gif), soon, w.three()...) })
		}, clientFault: "forwardMessage takes a sticker of type 1 for a text, and sends an empty one to the second and third"},
		{name: "Groups.SendText to two", try: func() error {
			groups, err := w.self.Groups()
			if err != nil {
				return err
			}
			return many(2, func() error { return groups[:2].SendText("to two", soon) })
		}},
		{name: "SentMessage.ForwardToFriendsWithDelay, a text", try: func() error {
			return many(2, func() error { return text.ForwardToFriendsWithDelay(soon, w.friend("张三"), w.friend("王五")) })
		}},
		{name: "SentMessage.ForwardToGroupsWithDelay, an image", try: func() error {
			return many(1, func() error { return image.ForwardToGroupsWithDelay(soon, w.group("运维群")) })
		}},
		{name: "SentMessage.ForwardToFriendsWithDelay, a file", try: func() error {
			return many(1, func() error { return attachment.ForwardToFriendsWithDelay(soon, w.friend("王五")) })
		}},
		{name: "SentMessage.CanRevoke, Revoke", try: func() error {
			sent, err := w.friend("张三").SendText("oops")
			if err != nil {
				return err
			}
			if err := sent.Revoke(); err != nil {
				return err
			}
			all, err := sentMessages()
			return first(err, expect(sent.CanRevoke() && all[len(all)-1].Revoked, "it still stands"))
		}},
		{name: "Message.ReplyText, ReplyImage, ReplyFile, ReplyVideo, ReplyEmoticon", try: func() error {
			got, err := w.receive(fields{"from": "王五", "text": "answer me"})
			if err != nil {
				return err
			}
			return many(5, func() error {
				_, one := got.ReplyText("yes")
				_, two := got.ReplyImage(open("e.png", 2000, png))
				_, three := got.ReplyFile(open("e.bin", 4000, nil))
				_, four := got.ReplyVideo(open("e.mp4", 3000, mp4))
				_, five := got.ReplyEmoticon("", open("e.gif", 500, gif))
				return first(one, two, three, four, five)
			})
		}},
		{name: "the file's name arrives", try: func() error {
			sent, err := sentDuring(func() error { _, err := w.friend("张三").SendFile(open("named.bin", 4000, nil)); return err })
			if err != nil || len(sent) != 1 {
				return fmt.Errorf("%d arrived: %w", len(sent), err)
			}
			return expect(sent[0].FileName == "named.bin", "not named.bin but a path with %d bytes before it", len(sent[0].FileName)-len("named.bin"))
		}, clientFault: "UploadMedia names the file by its whole path on the sender's machine"},
		{name: "a text to oneself is refused", try: func() error {
			_, err := w.self.SendTextToFriend(&openwechat.Friend{User: w.self.User}, "me")
			return expect(err != nil, "it was accepted")
		}},
		{name: "polls rest after sending a file", try: func() error {
			if _, err := w.friend("张三").SendImage(open("f.png", 2000, png)); err != nil {
				return err
			}
			return restful()
		}, clientFault: "SyncCheck polls with SyncKey instead of SyncCheckKey, so it spins until the next message"},
		{name: "polls rest after the next message", try: func() error {
			if _, err := w.receive(fields{"from": "张三", "text": "I write"}); err != nil {
				return err
			}
			return restful()
		}},
	}
}

func (w *world) three() []*openwechat.Friend {
	return []*openwechat.Friend{w.friend("张三"), w.friend("李四"), w.friend("王五")}
}

// Exactly this one message arrives at the server.
func one(to string, kind, size int, text string, send sentCall) func() error {
	return func() error {
		var reply *openwechat.SentMessage
		sent, err := sentDuring(func() (err error) { reply, err = send(); return err })
		if err != nil {
			return err
		}
		if len(sent) != 1 {
			return fmt.Errorf("%d messages arrived", len(sent))
		}
		got := sent[0]
		fits := got.To == to && got.Type == kind && got.Size == size && got.MsgID == reply.MsgId && (text == "" || got.Text == text)
		return expect(fits, "%+v arrived", got)
	}
}

func many(count int, send func() error) error {
	sent, err := sentDuring(send)
	if err != nil {
		return fmt.Errorf("%w (%d arrived)", err, len(sent))
	}
	empty := 0
	for _, message := range sent {
		if message.Endpoint == "webwxsendmsg" && message.Text == "" {
			empty++
		}
	}
	return expect(len(sent) == count && empty == 0, "%d arrived instead of %d", len(sent), count)
}

// A client that rests polls once or twice in two seconds, since the server holds its polls for 25. One that spins polls hundreds of times.
func restful() error {
	before, err := serverStatus()
	if err != nil {
		return err
	}
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		now, err := serverStatus()
		if err != nil {
			return err
		}
		if now.Counters.Polls-before.Counters.Polls >= 5 {
			return fmt.Errorf("five polls within two seconds")
		}
	}
	return nil
}

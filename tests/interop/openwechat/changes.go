package main

import (
	"fmt"

	"github.com/eatmoreapple/openwechat"
)

func (w *world) changeCalls() []call {
	var made *openwechat.Group
	room := func() (contact, error) { return serverContact("新群") }
	return []call{
		{name: "Friend.SetRemarkName", try: func() error {
			if err := w.friend("张三").SetRemarkName("老张 & <b>"); err != nil {
				return err
			}
			got, err := serverContact("张三")
			return first(err, expect(got.Remark == "老张 & <b>", "%q", got.Remark), w.friend("张三").SetRemarkName(""))
		}},
		{name: "User.Pin, UnPin", try: func() error {
			friend := w.friend("张三")
			return first(friend.Pin(), friend.UnPin())
		}},
		{name: "User.IsPin after Pin", try: func() error {
			friend := w.friend("张三")
			if err := friend.Pin(); err != nil {
				return err
			}
			err := friend.Detail()
			return first(err, expect(friend.IsPin(), "ContactFlag %d", friend.ContactFlag), friend.UnPin())
		}},
		{name: "Self.CreateGroup", try: func() (err error) {
			made, err = w.self.CreateGroup("新群", w.friend("张三"), w.friend("李四"))
			if err != nil {
				return err
			}
			return expect(made.NickName == "新群" && made.MemberList.Count() == 3, "%v with %d", made, made.MemberList.Count())
		}},
		{name: "Group.SendText to the new group", try: one("新群", 1, 0, "welcome", func() (*openwechat.SentMessage, error) { return made.SendText("welcome") })},
		{name: "Group.AddFriendsIn", try: func() error {
			if err := made.AddFriendsIn(w.friend("王五")); err != nil {
				return err
			}
			got, err := room()
			return first(err, expect(len(got.Members) == 4, "%v", got.Members))
		}},
		{name: "Friend.AddIntoGroup of a member is refused by the client", try: func() error {
			err := w.friend("王五").AddIntoGroup(made)
			return expect(err != nil, "it was sent")
		}},
		{name: "Group.RemoveMembers is answered with Ret 0", try: func() error {
			return made.RemoveMembers(openwechat.Members{w.friend("王五").User})
		}},
		{name: "Group.RemoveMembers takes the member out", try: func() error {
			got, err := room()
			return first(err, expect(len(got.Members) == 3, "%d members are left", len(got.Members)))
		}, clientFault: "RemoveMemberFromChatRoom builds its query, fun=delmember among it, and does not send it"},
		{name: "Group.Rename", try: func() error {
			if err := made.Rename("新名字"); err != nil {
				return err
			}
			_, err := serverContact("新名字")
			return err
		}},
		{name: "Group.AddFriendsIn above 40 members invites", try: func() error {
			members := []string{}
			for i := 0; i < 45; i++ {
				members = append(members, fmt.Sprintf("路人%d", i))
			}
			if err := control("POST", "contact", fields{"action": "add", "name": "大群", "kind": "group", "members": members}, nil); err != nil {
				return err
			}
			if _, err := w.self.Groups(true); err != nil {
				return err
			}
			if err := w.group("大群").AddFriendsIn(w.friend("王五")); err != nil {
				return err
			}
			got, err := serverContact("大群")
			return first(err, expect(len(got.Invited) == 1 && len(got.Members) == 46, "%d members, %d invited", len(got.Members), len(got.Invited)))
		}},
		{name: "Message.FriendAddMessageContent of a friend request", try: func() error {
			got, err := w.receive(fields{"from": "新朋友", "kind": "friendRequest", "text": "你好 <&>"})
			if err != nil {
				return err
			}
			request, err := got.FriendAddMessageContent()
			return first(err, expect(got.IsFriendAdd() && request.FromNickName == "新朋友" && request.Content == "你好 <&>", "%v", request))
		}},
		{name: "Message.Agree", try: func() error {
			got, err := w.receive(fields{"from": "又一个朋友", "kind": "friendRequest", "text": "hi"})
			if err != nil {
				return err
			}
			friend, err := got.Agree()
			if err != nil {
				return err
			}
			_, err = serverContact("又一个朋友")
			return first(err, expect(friend.NickName == "又一个朋友", "%v", friend))
		}},
		{name: "a new contact comes with the next fetch", try: func() error {
			if err := control("POST", "contact", fields{"action": "add", "name": "后来的"}, nil); err != nil {
				return err
			}
			if _, err := w.receive(fields{"from": "张三", "text": "after the newcomer"}); err != nil {
				return err
			}
			friends, err := w.self.Friends()
			return first(err, expect(friends.GetByNickName("后来的") != nil, "Friends lacks it"))
		}, clientFault: "ModContactList is not read; only Friends(true) asks anew"},
	}
}

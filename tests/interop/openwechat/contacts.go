package main

import (
	"bytes"
	"fmt"
	"path/filepath"

	"github.com/eatmoreapple/openwechat"
)

func (w *world) contactCalls() []call {
	return []call{
		{name: "Self.ContactList (webwxinit)", try: func() error {
			found := w.self.ContactList().SearchByNickName(1, "周末爬山")
			return expect(found.Count() == 1, "the recent chats lack 周末爬山")
		}},
		{name: "Self.MPSubscribeList", try: func() error {
			list := w.self.MPSubscribeList()
			return expect(len(list) == 2 && len(list[0].MPArticleList) == 2, "%d publications", len(list))
		}},
		{name: "Self.Members", try: func() error {
			members, err := w.self.Members(true)
			return first(err, expect(members.Count() >= 6, "%d members", members.Count()))
		}},
		{name: "Self.Friends, Search by remark and nickname", try: func() error {
			friends, err := w.self.Friends(true)
			if err != nil {
				return err
			}
			return expect(friends.GetByRemarkName("李四") != nil && friends.GetByNickName("张三") != nil, "%v", friends)
		}},
		{name: "Self.Groups", try: func() error {
			groups, err := w.self.Groups(true)
			return first(err, expect(groups.GetByNickName("运维群") != nil, "%v", groups))
		}},
		{name: "Self.Mps", try: func() error {
			mps, err := w.self.Mps(true)
			return first(err, expect(mps.GetByNickName("每日天气") != nil, "%v", mps))
		}},
		{name: "Self.FileHelper", try: func() error {
			return expect(w.self.FileHelper().UserName == "filehelper", "%v", w.self.FileHelper())
		}},
		{name: "Self.UpdateMembersDetail keeps each friend in his place", try: func() error {
			members, err := w.self.Members(true)
			if err != nil {
				return err
			}
			before := make([]string, members.Count())
			for i, member := range members {
				before[i] = member.UserName
			}
			if err := w.self.UpdateMembersDetail(); err != nil {
				return err
			}
			for i, member := range members {
				if member.UserName != before[i] {
					_, _ = w.self.Friends(true)
					return fmt.Errorf("place %d holds somebody else", i)
				}
			}
			return nil
		}, clientFault: "it fills in the answers by their place, and the server's order differs from the request's"},
		{name: "User.Detail", try: func() error {
			friend := w.friend("王五")
			name := friend.UserName
			return first(friend.Detail(), expect(friend.UserName == name && friend.NickName == "王五", "%v", friend))
		}},
		{name: "Group.Members", try: func() error {
			members, err := w.group("运维群").Members()
			return first(err, expect(members.Count() == 5 && members.SearchByNickName(1, "赵六").Count() == 1, "%v", members))
		}},
		{name: "Group.SearchMemberByUsername", try: func() error {
			group := w.group("运维群")
			members, err := group.Members()
			if err != nil {
				return err
			}
			zhao, err := group.SearchMemberByUsername(members.SearchByNickName(1, "赵六").First().UserName)
			return first(err, expect(zhao != nil && zhao.DisplayName == "赵六-机房", "%v", zhao))
		}},
		{name: "User.AvatarID", try: func() error {
			return expect(w.friend("张三").AvatarID() != "", "it is empty")
		}},
		{name: "Friend.SaveAvatarWithWriter", try: func() error { return saveAvatar(w.friend("张三").User) }},
		{name: "Group.SaveAvatarWithWriter", try: func() error { return saveAvatar(w.group("运维群").User) }},
		{name: "Self.SaveAvatar", try: func() error { return w.self.SaveAvatar(filepath.Join(w.folder, "self.jpg")) }},
		{name: "SaveAvatarWithWriter of a group's member", try: func() error {
			members, err := w.group("运维群").Members()
			if err != nil {
				return err
			}
			return saveAvatar(members.SearchByNickName(1, "赵六").First())
		}},
	}
}

func saveAvatar(user *openwechat.User) error {
	var image bytes.Buffer
	err := user.SaveAvatarWithWriter(&image)
	return first(err, expect(bytes.HasPrefix(image.Bytes(), []byte{0xff, 0xd8}), "%d bytes that are no JPEG", image.Len()))
}

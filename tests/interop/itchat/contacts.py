"""Contacts and groups: reading them."""

from table import expect


class Contacts:
    def contact_calls(self):
        core = self.core
        return [
            ('get_friends', lambda: expect(
                {'我', '张三', '小四🌙', '王五'} <= {friend['NickName'] for friend in core.get_friends(update=True)}, core.memberList), None),
            ('get_chatrooms', lambda: expect(
                {'运维群', '周末爬山'} <= {room['NickName'] for room in core.get_chatrooms()}, core.chatroomList), None),
            ('get_chatrooms(contactOnly=True)', lambda: expect(
                {'运维群'} <= {room['NickName'] for room in core.get_chatrooms(contactOnly=True)}, 'no 运维群'), None),
            ('get_mps', lambda: expect([mp['NickName'] for mp in core.get_mps(update=True)] == ['每日天气'], core.mpList), None),
            ('search_friends', lambda: expect(
                core.search_friends()['NickName'] == '我' and core.search_friends(name='李四') and core.search_friends(nickName='王五')
                and core.search_friends(userName=self.friend('张三')['UserName']), 'one is missing'), None),
            ('search_chatrooms', lambda: expect(len(core.search_chatrooms(name='运维')) == 1, 'not one'), None),
            ('search_mps', lambda: expect(len(core.search_mps(name='天气')) == 1, 'not one'), None),
            ('update_friend', lambda: expect(core.update_friend(self.friend('王五')['UserName'])['NickName'] == '王五', 'another'), None),
            ('update_chatroom', self.update_chatroom, None),
            ('update_chatroom(detailedMember=True)', self.detailed_members, None),
            ('Chatroom.search_member', lambda: expect(
                self.room('运维群').search_member(nickName='赵六')[0]['DisplayName'] == '赵六-机房', 'another'), None),
            ('get_head_img of a friend', lambda: self.picture(userName=self.friend('张三')['UserName']), None),
            ('get_head_img of oneself', lambda: self.picture(), None),
            ('get_head_img of a group', lambda: self.picture(chatroomUserName=self.room('运维群')['UserName']), None),
            ('get_head_img of a member', self.member_picture, None),
        ]

    def update_chatroom(self):
        room = self.core.update_chatroom(self.room('运维群')['UserName'])
        expect(len(room['MemberList']) == 5 and room['Self']['NickName'] == '我', room)

    def detailed_members(self):
        room = self.core.update_chatroom(self.room('运维群')['UserName'], detailedMember=True)
        expect(next(member for member in room['MemberList'] if member['NickName'] == '赵六')['City'] == '深圳', room)

    def picture(self, **whose):
        image = self.core.get_head_img(**whose)
        expect(image[:2] == b'\xff\xd8', f'no JPEG: {image}')

    def member_picture(self):
        room = self.core.update_chatroom(self.room('运维群')['UserName'])
        member = next(member for member in room['MemberList'] if member['NickName'] == '赵六')
        self.picture(userName=member['UserName'], chatroomUserName=room['UserName'])

"""Remarks, pins, groups and friends: changing them."""

from emulator import contact, control, until
from table import accepted, expect


class Changes:
    def change_calls(self):
        return [
            ('set_alias', self.alias, None),
            ('set_pinned', self.pin, None),
            ('set_pinned leaves the remark alone', self.pin_keeps_remark, 'set_pinned sends no RemarkName, which removes the remark'),
            ('create_chatroom', self.create, None),
            ('Chatroom.send to the new group', lambda: self.sends(lambda: self.core.send('welcome', self.made), '新群', 1, text='welcome'), None),
            ('add_member_into_chatroom', lambda: self.members(self.core.add_member_into_chatroom, '王五', 4), None),
            ('delete_member_from_chatroom', lambda: self.members(self.core.delete_member_from_chatroom, '王五', 3), None),
            ('set_chatroom_name', self.rename, None),
            ('add_member_into_chatroom(useInvitation=True) above 40 members', self.invite, None),
            ('receive a friend request', self.friend_request, None),
            ('User.verify: accepts the friend', self.accept, "add_friend sends no ticket; its successors send RecommendInfo's (ItChat-UOS #23)"),
            ('add_friend of a stranger in a group', self.ask, None),
            ('a new contact comes with the next fetch', self.newcomer, None),
            ('a contact that was deleted goes', self.deleted, 'DelContactList is not read'),
        ]

    def alias(self):
        accepted(self.core.set_alias(self.friend('张三')['UserName'], '老张 & <b>'))
        expect(contact('张三')['remark'] == '老张 & <b>', contact('张三'))
        accepted(self.core.set_alias(self.friend('张三')['UserName'], ''))

    def pin(self):
        accepted(self.core.set_pinned(self.friend('王五')['UserName'], True))
        accepted(self.core.set_pinned(self.friend('王五')['UserName'], False))

    def pin_keeps_remark(self):
        accepted(self.core.set_alias(self.friend('王五')['UserName'], '老王'))
        accepted(self.core.set_pinned(self.friend('王五')['UserName'], True))
        expect(contact('王五')['remark'] == '老王', f"the remark is {contact('王五')['remark']!r}")

    def create(self):
        self.made = accepted(self.core.create_chatroom([self.friend('张三'), self.friend('李四')], '新群'))['ChatRoomName']
        expect(len(contact('新群')['members']) == 3, contact('新群'))

    def members(self, change, name, count):
        accepted(change(self.made, [self.friend(name)]))
        expect(len(contact('新群')['members']) == count, contact('新群'))

    def rename(self):
        accepted(self.core.set_chatroom_name(self.made, '新名字 & <b>'))
        contact('新名字 & <b>')

    def invite(self):
        control('POST', 'contact', {'action': 'add', 'name': '大群', 'kind': 'group', 'members': [f'路人{n}' for n in range(45)]})
        self.core.get_chatrooms(update=True)
        accepted(self.core.add_member_into_chatroom(self.room('大群')['UserName'], [self.friend('王五')], useInvitation=True))
        expect((len(contact('大群')['members']), contact('大群')['invited']) == (46, ['王五']), contact('大群')['invited'])

    def friend_request(self):
        self.request = self.receive(**{'from': '新朋友', 'kind': 'friendRequest', 'text': '你好 <&>'})
        expect(self.request['Type'] == 'Friends' and self.request['RecommendInfo']['NickName'] == '新朋友', self.request)

    def accept(self):
        accepted(self.request['User'].verify())
        contact('新朋友')

    def ask(self):
        room = self.core.update_chatroom(self.room('运维群')['UserName'])
        stranger = next(member for member in room['MemberList'] if member['NickName'] == '赵六')
        accepted(self.core.add_friend(stranger['UserName'], verifyContent='hello', autoUpdate=False))

    def newcomer(self):
        control('POST', 'contact', {'action': 'add', 'name': '后来的'})
        until('the newcomer is there', lambda: self.core.search_friends(nickName='后来的'), 5)

    def deleted(self):
        control('POST', 'contact', {'action': 'delete', 'name': '后来的'})
        self.receive(**{'from': '张三', 'text': 'after the deletion'})
        expect(not self.core.search_friends(nickName='后来的'), 'it is still there')

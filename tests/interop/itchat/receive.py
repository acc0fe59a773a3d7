"""Messages of every kind: receiving them."""

import base64

from emulator import control, deliver
from table import expect

TEXT = 'a <b> & "c" \'d\' 😀 你好\nsecond line'
DATA = bytes([0x47, 0x11, 0, 0xff]) * 3000
CODED = base64.b64encode(DATA).decode()


class Receiving:
    def receive_calls(self):
        return [
            ('receive a text', lambda: self.kind('Text', text=TEXT, content=TEXT), None),
            ('receive an emoji of two code points', lambda: self.kind('Text', text='🇨🇳', content='🇨🇳'), None),
            ('receive in a group; ActualNickName', self.in_group, None),
            ('receive a mention; IsAt', lambda: expect(
                self.receive(**{'from': '赵六', 'group': '运维群', 'text': '@我\u2005look'})['IsAt'], 'not at me'), None),
            ('receive in a group that the address book lacks', lambda: expect(
                self.receive(**{'from': '王五', 'group': '周末爬山', 'text': 'up'})['User']['NickName'] == '周末爬山', 'another'), None),
            ("receive from the account's own phone", self.from_phone, None),
            ('receive 120 messages in order, each once', self.many, None),
            ('receive an image; Text()', lambda: self.file('Picture', kind='image'), None),
            ('receive a sticker; Text()', lambda: self.file('Picture', kind='emoticon'), None),
            ('receive a voice message; Text()', lambda: self.file('Recording', kind='voice', durationMs=1500), None),
            ('receive a video; Text()', lambda: self.file('Video', kind='video'), None),
            ('receive a file; Text()', lambda: self.file('Attachment', kind='file', fileName='a b.txt'), None),
            ('receive a sticker as an app message; Text()', lambda: self.file('Picture', kind='app', appMsgType=8), None),
            ('receive a name card', lambda: expect(self.kind('Card', kind='card', card='王五')['Text']['NickName'] == '王五', 'another'), None),
            ('receive a location', lambda: self.kind('Map', kind='location', title='人民广场', text='x'), None),
            ('receive a link', lambda: expect(
                self.kind('Sharing', kind='link', title='t & u', url='https://example.com/?a=1&b=2')['Text'] == 't & u', 'another title'),
             "msg['Text'] is FileName without the unescaping that Content gets"),
            ('receive music', lambda: self.kind('Sharing', kind='music', title='t', url='https://example.com/'), None),
            ('receive a mini program', lambda: self.kind('Sharing', kind='miniProgram', title='t', text='app'), None),
            ('receive a quote', self.quote, None),
            ('receive a chat history', lambda: self.kind('Sharing', kind='chatHistory', text='张三: a\n李四: b'), None),
            ('receive a live location', lambda: self.kind('Note', kind='liveLocation'), None),
            ('receive a transfer', lambda: expect('1.50' in self.kind('Note', kind='transfer', amount=1.5)['Text'], 'no amount'), None),
            ('receive a red packet', lambda: self.kind('Note', kind='redPacket', content='收到红包，请在手机上查看'), None),
            ('receive a tickle', lambda: self.kind('Note', kind='tickle', content='"张三" 拍了拍我'), None),
            ('receive a notice', lambda: self.kind('Note', kind='system', text='hello', content='hello'), None),
            ('receive a recall', self.recall, None),
            ('receive who joined a group', lambda: self.kind('Note', kind='groupJoin', group='运维群', text='钱八'), None),
            ('receive who left a group', lambda: self.kind('Note', kind='groupLeave', group='运维群', text='钱八'), None),
            ("receive a group's new name", lambda: self.kind('Note', kind='groupRename', group='运维群', text='运维群'), None),
            ('receive a call', lambda: self.kind('Useless', kind='call'), None),
            ('receive a friend suggestion', lambda: self.kind('Useless', kind='friendSuggestion'), None),
            ('receive a status', lambda: self.kind('System', kind='status', statusCode=2), None),
        ]

    def kind(self, wanted, content=None, **message):
        got = self.receive(**{'from': '张三', **message})
        expect(got['Type'] == wanted, f"{got['Type']} instead of {wanted}: {got['Content']}")
        expect(content is None or got['Text'] == content, f"{got['Text']!r}")
        return got

    def file(self, wanted, **message):
        got = self.kind(wanted, dataBase64=CODED, **message)
        data = got['Text']()
        expect(data == DATA, f'{len(data)} bytes instead of {len(DATA)}')

    def in_group(self):
        got = self.receive(**{'from': '赵六', 'group': '运维群', 'text': 'disk: 92%\nsecond line'})
        expect((got['Text'], got['ActualNickName'], got['User']['NickName']) == ('disk: 92%\nsecond line', '赵六-机房', '运维群'), got['Text'])

    def from_phone(self):
        got = self.receive(to='王五', text='from my phone')
        expect(got['FromUserName'] == self.core.storageClass.userName and got['User']['NickName'] == '王五', got['User'])

    def many(self):
        ids = control('POST', 'message', {'from': '李四', 'text': 'nr {n}', 'count': 120})['msgIds']
        self.message(ids[-1])
        expect([m['MsgId'] for m in self.received if m.get('MsgId') in set(ids)] == ids, 'another order or number')

    def quote(self):
        self.kind('Sharing', kind='quote', text='yes', quotedMsgId=deliver(**{'from': '张三', 'text': 'said before'}))

    def recall(self):
        got = self.kind('Note', kind='recall', recalledMsgId=deliver(**{'from': '张三', 'text': 'oops'}))
        expect('撤回' in got['Text'], got['Text'])

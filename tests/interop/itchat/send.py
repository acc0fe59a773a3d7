"""Messages and files: sending them."""

import os
import time

from emulator import control, sent_during
from receive import TEXT
from table import accepted, expect

PIECE = 512 * 1024


class Sending:
    def send_calls(self):
        core = self.core
        to = lambda: self.friend('张三')['UserName']
        room = lambda: self.room('运维群')['UserName']
        return [
            ('send_msg to a friend', lambda: self.sends(lambda: core.send_msg(TEXT, to()), '张三', 1, text=TEXT), None),
            ('send_msg to a group', lambda: self.sends(lambda: core.send_msg('to all', room()), '运维群', 1, text='to all'), None),
            ('send_msg to filehelper', lambda: self.sends(lambda: core.send_msg('x', 'filehelper'), '文件传输助手', 1, text='x'), None),
            ('twenty of send_msg at once, each with ids of its own', self.twenty, None),
            ('send_raw_msg', lambda: self.sends(lambda: core.send_raw_msg(1, 'raw', to()), '张三', 1, text='raw'), None),
            ('User.send', lambda: self.sends(lambda: self.friend('张三').send('hello'), '张三', 1, text='hello'), None),
            ('send_image', lambda: self.sends(lambda: core.send_image(self.make('a.png', 2000), to()), '张三', 3, 2000), None),
            ('send_image of a GIF: a sticker', lambda: self.sends(lambda: core.send_image(self.make('a.gif', 500), to()), '张三', 47, 500), None),
            ('send_image to a group', lambda: self.sends(lambda: core.send_image(self.make('b.png', 2000), room()), '运维群', 3, 2000), None),
            ('send_file', lambda: self.sends(lambda: core.send_file(self.make('a.bin', 4000), to()), '张三', 6, 4000, name='a.bin'), None),
            ('send_file of three pieces', lambda: self.sends(
                lambda: core.send_file(self.make('three.bin', 2 * PIECE + 9), to()), '张三', 6, 2 * PIECE + 9), None),
            ('send_file with a Chinese name', lambda: self.sends(
                lambda: core.send_file(self.make('报告.txt', 40), to()), '张三', 6, 40, name='报告.txt'),
             'upload_chunk_file escapes the name for a URL before it puts it in the form'),
            ('send_file of 26 MiB', lambda: self.sends(lambda: core.send_file(self.make('large.bin', 26 << 20), to()), '张三', 6, 26 << 20),
             'it does not call webwxcheckupload, which files above 25 MiB need'),
            ('send_video', lambda: self.sends(lambda: core.send_video(self.make('a.mp4', 3000), to()), '张三', 43, 3000), None),
            ('send with @fil@, @img@, @vid@, @msg@', self.prefixes, None),
            ('upload_file, then send_image with its mediaId', self.media_id, None),
            ('revoke', self.revoke, None),
            ('send_msg without a receiver is refused, as a message to oneself', lambda: expect(
                core.send_msg('me')['BaseResponse']['Ret'] == 1204, 'it was accepted'), None),
            ('polls rest after sending a file', self.rests, None),
        ]

    def make(self, name, size):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as file:
            file.write(bytes(i * 7 & 0xff for i in range(251)) * (size // 251) + b'x' * (size % 251))
        return path

    def sends(self, action, to, kind, size=0, text=None, name=None):
        """Exactly this one message arrives at the server."""
        reply, sent = sent_during(action)
        accepted(reply)
        expect(len(sent) == 1, f'{len(sent)} messages arrived')
        got = sent[0]
        expect((got['to'], got['type'], got['size']) == (to, kind, size), got)
        expect(reply['MsgID'] == got['msgId'], 'another MsgID')
        expect(text is None or got['text'] == text, got['text'])
        expect(name is None or got['fileName'] == name, got['fileName'])

    def twenty(self):
        to = self.friend('张三')['UserName']
        _, sent = sent_during(lambda: [accepted(self.core.send_msg(f'nr {n}', to)) for n in range(20)])
        expect([message['text'] for message in sent] == [f'nr {n}' for n in range(20)], f'{len(sent)} arrived')

    def prefixes(self):
        to = self.friend('张三')['UserName']
        files = [('@fil@', 'f.bin'), ('@img@', 'f.png'), ('@vid@', 'f.mp4')]
        _, sent = sent_during(lambda: [accepted(self.core.send(prefix + self.make(name, 100), to)) for prefix, name in files]
                              + [accepted(self.core.send('@msg@text', to))])
        expect([message['type'] for message in sent] == [6, 3, 43, 1], sent)

    def media_id(self):
        media = accepted(self.core.upload_file(self.make('g.png', 100), isPicture=True))['MediaId']
        self.sends(lambda: self.core.send_image('g.png', self.friend('张三')['UserName'], mediaId=media), '张三', 3, 100)

    def revoke(self):
        to = self.friend('张三')['UserName']
        msg_id = accepted(self.core.send_msg('oops', to))['MsgID']
        accepted(self.core.revoke(msg_id, to))
        expect(control('GET', 'sent')[-1]['revoked'], 'it still stands')

    def rests(self):
        accepted(self.core.send_image(self.make('r.png', 100), self.friend('张三')['UserName']))
        # One that rests polls once or twice in two seconds, since the server holds its polls for 25. One that spins polls hundreds of times.
        polls = lambda: control('GET', 'status')['counters']['polls']
        before = polls()
        for _ in range(20):
            time.sleep(0.1)
            expect(polls() - before < 5, 'five polls within two seconds')

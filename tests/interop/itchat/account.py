"""One account of ItChat's, and the calls on it in the order in which they make sense."""

import os
import queue
import threading

from changes import Changes
from contacts import Contacts
from emulator import control, deliver, until
from receive import Receiving
from send import Sending
from table import accepted, expect


def phone(uuid, status, qrcode):
    """Scans the code when it is shown, and confirms the login when that was noticed."""
    if status in ('0', '201'):
        control('POST', 'phone', {'action': 'scan' if status == '0' else 'confirm', 'uuid': uuid})


class Account(Contacts, Receiving, Sending, Changes):
    def __init__(self, itchat, folder):
        self.itchat = itchat
        self.folder = folder
        self.core = itchat.new_instance()
        self.received = []
        self.statuses = []

    def calls(self):
        return [
            *self.login_calls(),
            *self.contact_calls(),
            *self.receive_calls(),
            *self.send_calls(),
            *self.change_calls(),
            *self.end_calls(),
        ]

    def login_calls(self):
        return [
            ('login, with qrCallback and loginCallback', self.log_in, None),
            ('qrCallback is told of each step', lambda: expect(self.statuses == ['0', '201', '200'], self.statuses), None),
            ('dump_login_status, load_login_status', self.hot_reload, None),
            ('auto_login(hotReload=True) after the end of the session: push login', self.push_login, None),
        ]

    def end_calls(self):
        return [
            ('exitCallback after a logout on the phone', self.kicked, None),
            ('logout', lambda: accepted(self.core.logout()), None),
            ('the session is over after logout', lambda: until(
                'the session is over', lambda: self.end_code(self.sid) == 1101), None),
        ]

    def log_in(self):
        told = []

        def note(uuid, status, qrcode):
            self.statuses.append(status)
            phone(uuid, status, qrcode)

        self.core.login(qrCallback=note, loginCallback=lambda: told.append(True), exitCallback=lambda: None)
        expect(told and self.core.alive and self.core.storageClass.nickName == '我', 'not logged in')
        self.sid = self.core.loginInfo['wxsid']
        threading.Thread(target=self.collect, daemon=True).start()

    def collect(self):
        while True:
            try:
                self.received.append(self.core.msgList.get(timeout=1))
            except queue.Empty:
                pass

    def receive(self, **message):
        msg_id = deliver(**message)
        return self.message(msg_id)

    def message(self, msg_id):
        return until(f'message {msg_id} arrives', lambda: next((m for m in list(self.received) if m.get('MsgId') == msg_id), None))

    def another(self, **options):
        core = self.itchat.new_instance()
        core.login(qrCallback=phone, loginCallback=lambda: None, **options)
        return core

    def hot_reload(self):
        file = os.path.join(self.folder, 'status.pkl')
        first = self.another()
        first.alive = False  # stops the thread without a logout
        first.dump_login_status(file)
        second = self.itchat.new_instance()
        accepted(second.load_login_status(file, loginCallback=lambda: None, exitCallback=lambda: None))
        expect(second.search_friends(nickName='王五'), 'the contacts are gone')
        second.logout()

    def push_login(self):
        file = os.path.join(self.folder, 'push.pkl')
        first = self.another(exitCallback=lambda: None)
        first.dump_login_status(file)
        control('POST', 'kick', {'sid': first.loginInfo['wxsid'], 'code': 1101})
        before = len(control('GET', 'requests?endpoint=jslogin'))
        second = self.itchat.new_instance()
        second.auto_login(hotReload=True, statusStorageDir=file, qrCallback=phone, loginCallback=lambda: None, exitCallback=lambda: None)
        expect(second.alive, 'not logged in')
        expect(len(control('GET', 'requests?endpoint=jslogin')) == before, 'it asked for a QR code')
        second.logout()

    def kicked(self):
        ended = []
        other = self.another(exitCallback=lambda: ended.append(True))
        control('POST', 'kick', {'sid': other.loginInfo['wxsid'], 'code': 1100})
        until('exitCallback is called', lambda: ended)

    def end_code(self, sid):
        return next(one['endCode'] for one in control('GET', 'status')['sessions'] if one['sid'] == sid)

    def friend(self, name):
        found = next((m for m in self.core.memberList if name in (m['NickName'], m['RemarkName'])), None)
        expect(found is not None, f'ItChat knows no friend {name}')
        return found

    def room(self, name):
        found = self.core.search_chatrooms(name=name)
        expect(found, f'ItChat knows no group {name}')
        return found[0]

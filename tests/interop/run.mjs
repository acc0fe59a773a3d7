// A public client that the project did not write logs in to the emulator, receives and sends.
// The last line is "N passed, N failed"; the exit code is 0 only when nothing failed.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { control, deliver, sent, until } from './emulator.mjs';
import { createClient, userName } from './client.mjs';

const { bot, received, errors, events } = createClient();
const message = async id => until(`message ${id} arrives`, () => received.find(m => m.MsgId === id));
const text = 'a <b> & "c" \'d\' 😀🇨🇳 你好\nsecond line';

const tests = {
  async 'logs in: code, scan, confirmation, login page, init'() {
    await bot.start();
    assert.equal(bot.state, 'login', errors.join('; '));
    assert.deepEqual([...new Set(events)], ['uuid', 'user-avatar', 'login']);
    assert.equal(bot.user.NickName, '我');
  },

  async 'reads the address book, remarks and emoji in names'() {
    await until('the address book is there', () => Object.values(bot.contacts).some(c => c.RemarkName === '李四'));
    assert.equal(bot.contacts[userName(bot, '李四')].NickName, '小四🌙');
    assert.equal(bot.contacts[userName(bot, '张三')].getDisplayName(), '张三');
    assert.equal(bot.contacts.filehelper.NickName, '文件传输助手');
  },

  async 'reads the members of groups with their names'() {
    const group = await until('members have names', () =>
      Object.values(bot.contacts).find(c => c.NickName === '运维群' && c.MemberList.some(m => m.NickName === '张三')));
    assert.equal(group.MemberList.length, group.MemberCount);
    assert.ok(group.MemberList.some(m => m.DisplayName === '赵六-机房'));
  },

  async 'receives a text with markup, emoji and a line break'() {
    const { msgId } = await deliver({ from: '张三', text });
    const got = await message(msgId);
    // wechat4u leaves &amp;, &quot; and &#39; as they are.
    const plain = got.Content.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    assert.equal(plain, text);
    assert.equal(got.FromUserName, userName(bot, '张三'));
    assert.equal(got.ToUserName, bot.user.UserName);
  },

  async 'receives a text in a group and knows who wrote it'() {
    const { msgId } = await deliver({ from: '赵六', group: '运维群', text: 'disk: 92% 😱' });
    const got = await message(msgId);
    assert.equal(got.FromUserName, userName(bot, '运维群'));
    assert.equal(got.Content, '赵六-机房:\ndisk: 92% 😱');
  },

  async 'receives what the account wrote on its phone as its own'() {
    const { msgId } = await deliver({ to: '王五', text: 'from my phone' });
    const got = await message(msgId);
    assert.equal(got.isSendBySelf, true);
    assert.equal(got.getPeerUserName(), userName(bot, '王五'));
  },

  async 'receives 120 messages in order, each once'() {
    const { msgIds } = await deliver({ from: '李四', text: 'nr {n}', count: 120 });
    await message(msgIds.at(-1));
    assert.deepEqual(received.map(m => m.MsgId).filter(id => msgIds.includes(id)), msgIds);
  },

  async 'sends a text with markup, emoji and a line break'() {
    const reply = await bot.sendMsg(text, userName(bot, '张三'));
    const got = (await sent()).find(m => m.msgId === reply.MsgID);
    assert.equal(got.text, text);
    assert.equal(got.to, '张三');
  },

  async 'sends a text to a group and to the file helper'() {
    await bot.sendMsg('to all', userName(bot, '周末爬山'));
    await bot.sendMsg('to myself', 'filehelper');
    const all = await sent();
    assert.ok(all.some(m => m.text === 'to all' && m.to === '周末爬山'));
    assert.ok(all.some(m => m.text === 'to myself' && m.to === '文件传输助手'));
  },

  async 'is refused when it writes to itself'() {
    await assert.rejects(bot.sendMsg('me', bot.user.UserName), error => error.response.data.BaseResponse.Ret === 1204);
  },

  async 'uploads and sends an image, and a file of several pieces'() {
    const image = randomBytes(2_000);
    const file = randomBytes(1_300_000);
    await bot.sendMsg({ file: image, filename: 'picture.png' }, userName(bot, '张三'));
    await bot.sendMsg({ file, filename: 'report_1.bin' }, userName(bot, '张三'));
    const all = await sent();
    assert.equal(all.find(m => m.fileName === 'picture.png').size, image.length);
    assert.deepEqual(
      [all.find(m => m.fileName === 'report_1.bin').size, all.find(m => m.fileName === 'report_1.bin').type],
      [file.length, 6]);
  },

  async 'rests after sending media instead of polling without end'() {
    await until('a poll is held', async () => (await control('GET', 'status')).counters.openPolls === 1);
  },

  async 'downloads an image and a voice message'() {
    const image = randomBytes(3_000);
    const { msgId } = await deliver({ from: '张三', kind: 'image', dataBase64: image.toString('base64') });
    const voice = await deliver({ from: '张三', kind: 'voice', durationMs: 1500 });
    await message(msgId);
    assert.deepEqual(Buffer.from((await bot.getMsgImg(msgId)).data), image);
    assert.equal((await message(voice.msgId)).VoiceLength, 1500);
    assert.ok((await bot.getVoice(voice.msgId)).data.byteLength > 0);
  },

  async 'receives a file and downloads it'() {
    const { msgId } = await deliver({ from: '张三', kind: 'file', fileName: 'a b.txt', dataBase64: Buffer.from('hello').toString('base64') });
    const got = await message(msgId);
    assert.deepEqual([got.FileName, got.FileSize], ['a b.txt', '5']);
    const doc = await bot.getDoc(got.FromUserName, got.MediaId, got.FileName);
    assert.equal(Buffer.from(doc.data).toString(), 'hello');
  },

  async 'revokes a message'() {
    const reply = await bot.sendMsg('oops', 'filehelper');
    await bot.revokeMsg(reply.MsgID, 'filehelper');
    assert.equal((await sent()).find(m => m.msgId === reply.MsgID).revoked, true);
  },

  async 'hears of a new name'() {
    await control('POST', 'contact', { action: 'rename', name: '王五', newName: '王五郎' });
    await until('the new name arrives', () => Object.values(bot.contacts).some(c => c.NickName === '王五郎'));
  },

  async 'gives a remark'() {
    await bot.updateRemarkName(userName(bot, '张三'), '老张 & <b> 😀');
    await until('the remark arrives', () => Object.values(bot.contacts).some(c => c.NickName === '张三' && c.RemarkName.startsWith('老张')));
    const { contacts } = await control('GET', 'status');
    assert.equal(contacts.find(c => c.name === '张三').remark, '老张 & <b> 😀');
    await bot.updateRemarkName(userName(bot, '张三'), '');
  },

  async 'makes a group, brings somebody in, removes somebody, and writes there'() {
    const members = ['张三', '李四'].map(name => ({ UserName: userName(bot, name) }));
    const { ChatRoomName: group } = await bot.createChatroom('新群 <&>', members);
    assert.match(group, /^@@/);
    await bot.updateChatroom(group, [userName(bot, '王五郎')], 'addmember');
    await bot.updateChatroom(group, [userName(bot, '张三')], 'delmember');
    await until('the group arrives', () => bot.contacts[group]?.MemberCount === 3);
    const reply = await bot.sendMsg('welcome', group);
    assert.equal((await sent()).find(m => m.msgId === reply.MsgID).to, '新群 <&>');
  },

  async 'accepts a friend'() {
    const { msgId } = await deliver({ from: '新朋友', kind: 'friendRequest', text: '你好' });
    const { RecommendInfo } = await message(msgId);
    await bot.verifyUser(RecommendInfo.UserName, RecommendInfo.Ticket);
    const friend = await until('the friend is in the address book', () => Object.values(bot.contacts).find(c => c.NickName === '新朋友' && c.ContactFlag));
    await bot.sendMsg('welcome', friend.UserName);
  },

  async 'survives a bad minute and misses nothing'() {
    await control('POST', 'fault', { endpoint: 'synccheck', kind: 'status', count: 1 });
    const { msgId } = await deliver({ from: '张三', text: 'after the fault' });
    await message(msgId);
  },

  async 'logs out'() {
    bot.stop();
    await until('the session is over', async () => (await control('GET', 'status')).sessions.every(s => s.endCode === 1101));
  },
};

let passed = 0;
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n        ${String(error.stack ?? error).replaceAll('\n', '\n        ')}`);
    if (bot.state !== 'login') {
      break;
    }
  }
}

for (const error of errors) {
  console.log(`note: wechat4u reported ${error}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

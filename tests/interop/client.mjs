// wechat4u, with its connections led to the emulator. It goes on believing in its own host names.

import Wechat from 'wechat4u';
import { endpoint } from './emulator.mjs';

export function createClient() {
  const bot = new Wechat();
  const request = bot.request;
  const received = [];
  const errors = [];
  const events = [];

  bot.request = options => {
    const url = new URL(options.url);
    return request({ ...options, url: new URL(url.pathname + url.search, endpoint).href });
  };
  bot.on('message', message => received.push(message));
  bot.on('error', error => errors.push(error.tips ? `${error.tips}: ${error.message}` : String(error)));
  for (const name of ['uuid', 'user-avatar', 'login', 'logout']) {
    bot.on(name, () => events.push(name));
  }

  return { bot, received, errors, events };
}

/** The user name of the contact with this nickname or remark. */
export function userName(bot, name) {
  const contact = Object.values(bot.contacts).find(c => c.RemarkName === name || c.NickName === name);
  if (!contact) {
    throw new Error(`wechat4u does not know '${name}'`);
  }
  return contact.UserName;
}

// Framework-free.

import type { Provider } from '../provider';
import { SAVE_HERE_FIRST } from '../steps';

export const QQ_BOT: Provider = {
  id: 'qq-bot',
  title: 'QQ bot (QQ 机器人)',
  event: {
    from: ['json:t'],
    names: [
      'C2C_MESSAGE_CREATE',
      'FRIEND_ADD',
      'FRIEND_DEL',
      'GROUP_AT_MESSAGE_CREATE',
      'GROUP_ADD_ROBOT',
      'GROUP_DEL_ROBOT',
      'AT_MESSAGE_CREATE',
      'DIRECT_MESSAGE_CREATE',
      'GUILD_MEMBER_ADD',
      'INTERACTION_CREATE',
    ],
  },
  scheme: {
    kind: 'ed25519',
    sig: { from: 'header:x-signature-ed25519' },
    // QQ doesn't say for how long it repeats: as long as Discord, whose scheme it is.
    ts: { from: 'header:x-signature-timestamp', tol: 900 },
    content: '{ts}{body}',
    key: { enc: 'seed' },
    id: ['json:id'],
    handshake: [
      {
        kind: 'heartbeat',
        when: { method: 'POST', 'json:op': 1 },
        auth: 'signature',
        reply: { status: 200, type: 'application/json', body: '{"op":11,"d":{json:d}}' },
      },
      {
        kind: 'callback validation',
        when: { method: 'POST', 'json:op': 13 },
        auth: 'signature',
        reply: {
          status: 200,
          type: 'application/json',
          body: '{"plain_token":"{json:d.plain_token}","signature":"{ed25519-hex:json:d.event_ts+json:d.plain_token}"}',
        },
      },
    ],
    answer: { status: 200, type: 'application/json', body: '{"op":12,"d":0}' },
  },
  secretLabel: 'AppSecret',
  setup: [
    'At q.qq.com open the bot, “Development settings”, copy the “AppSecret”, paste it here, and save.',
    SAVE_HERE_FIRST,
    'Open “Callback settings” there, enter this URL, and choose the events.',
  ],
  example: {
    json: {
      id: 'C2C_MESSAGE_CREATE:ro1x7m',
      op: 0,
      t: 'C2C_MESSAGE_CREATE',
      d: {
        id: 'ROBOT1.0_b6nx.CVryAO0nR58RXuU6SC.m92gOHuo',
        author: { user_openid: 'E4F4AEA33253A2797FB897C50B81D7ED' },
        content: '123',
        timestamp: '2023-11-06T13:37:18+08:00',
      },
    },
  },
  docs: 'https://bot.q.qq.com/wiki/develop/api-v2/dev-prepare/interface-framework/sign.html',
};

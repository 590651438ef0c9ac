import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { randomBytes } from 'node:crypto';
import { accepted, attempt, changed, refused, type Attempt } from './support';

// Tencent's own sample (Sample.cpp, Sample.php, Sample.py of the WXBizMsgCrypt libraries).
const WECOM = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', corpId: 'wx5823bf96d3bd56c7' };
const OPTIONS = { encodingAESKey: WECOM.aesKey, receiveId: WECOM.corpId };
const ECHO_ENCRYPTED = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
const ECHO_QUERY = {
  msg_signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
  timestamp: '1409659589',
  nonce: '263014780',
};
const MESSAGE_ENCRYPTED =
  'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';
const MESSAGE_QUERY = {
  msg_signature: '477715d11cdb4164915debcba66cb864d751f3e6',
  timestamp: '1409659813',
  nonce: '1372623149',
};
const ENVELOPE = `<xml><ToUserName><![CDATA[${WECOM.corpId}]]></ToUserName><Encrypt><![CDATA[${MESSAGE_ENCRYPTED}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>`;

const url = (query: Record<string, string>): string => `/api/webhooks/key?${new URLSearchParams(query)}`;

const challenge: Attempt = {
  request: { method: 'GET', url: url({ ...ECHO_QUERY, echostr: ECHO_ENCRYPTED }) },
  secrets: [{ name: 'main', value: WECOM.token }],
  options: OPTIONS,
  now: 1409659589,
};
const message: Attempt = {
  request: { url: url(MESSAGE_QUERY), rawBody: ENVELOPE },
  secrets: [{ name: 'main', value: WECOM.token }],
  options: OPTIONS,
  now: 1409659813,
};

/** A container made by Tencent's own library. */
function wecomAttempt(text: string, receiveId: string, token = randomBytes(6).toString('hex')): Attempt {
  const now = 1_700_000_000;
  const aesKey = randomBytes(33).toString('hex').slice(0, 43);
  const encrypted = encrypt(aesKey, text, receiveId, randomBytes(16));
  const [timestamp, nonce] = [String(now), randomBytes(4).toString('hex')];
  return {
    request: {
      url: url({ msg_signature: getSignature(token, timestamp, nonce, encrypted), timestamp, nonce }),
      rawBody: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    },
    secrets: [token],
    options: { encodingAESKey: aesKey, receiveId },
    now,
  };
}

describe('WeCom', () => {
  it('answers the official challenge bare', async () => {
    const result = await accepted('wecom', challenge);
    expect(result.handshake).toEqual({
      kind: 'echostr',
      status: 200,
      contentType: 'text/plain',
      body: '1616140317555161061',
    });
    expect(result.secretName).toBe('main');
  });

  it('opens the official message', async () => {
    const result = await accepted('wecom', message);
    expect(result.plaintext?.contentType).toBe('application/xml');
    expect(result.plaintext?.body.toString()).toContain('<Content><![CDATA[hello]]></Content>');
    expect(result.deliveryId).toBe('4561255354251345929');
    expect(result.reply).toEqual({ status: 200, contentType: 'text/plain', body: '' });
  });

  it.each(['hello', '', '企业微信 😀'.repeat(50), 'a'.repeat(31)])(
    'opens what @wecom/crypto made: %#',
    async (text) => {
      const result = await accepted('wecom', wecomAttempt(text, 'ww1436e0e65a779aee'));
      expect(result.plaintext?.body.toString()).toBe(text);
    },
  );

  it('takes a robot: JSON, empty receive id', async () => {
    const given = wecomAttempt('{"msgid":"CAIQ16","msgtype":"text"}', '');
    const encrypt = /CDATA\[(.*?)\]/.exec(String(given.request.rawBody))?.[1];
    const result = await accepted('wecom', {
      ...given,
      request: { ...given.request, rawBody: JSON.stringify({ encrypt }) },
    });
    expect(result.plaintext?.contentType).toBe('application/json');
    expect(result.deliveryId).toBe('CAIQ16');
  });

  it('knows an event, which has no MsgId, by sender, time and name', async () => {
    const event = '<xml><FromUserName>u</FromUserName><CreateTime>12</CreateTime><Event>enter_agent</Event></xml>';
    expect((await accepted('wecom', wecomAttempt(event, 'c'))).deliveryId).toBe('u:12:enter_agent');
  });

  it('takes either of two tokens and keys during a change-over', async () => {
    const secrets = [
      { name: 'old', value: 'before' },
      { name: 'new', value: WECOM.token },
    ];
    const options = { ...OPTIONS, encodingAESKey: `${'x'.repeat(43)} ${WECOM.aesKey}` };
    expect((await accepted('wecom', { ...message, secrets, options })).secretName).toBe('new');
  });

  const query = (name: string, value: string): Attempt => ({
    ...message,
    request: { ...message.request, url: url({ ...MESSAGE_QUERY, [name]: value }) },
  });
  it.each<[string, Attempt]>([
    ['a changed byte', { ...message, request: { ...message.request, rawBody: ENVELOPE.replace('RypEv', 'RypEw') } }],
    ['a changed signature', query('msg_signature', changed(MESSAGE_QUERY.msg_signature))],
    ['a short signature', query('msg_signature', 'abcd')],
    ['a changed nonce', query('nonce', '1')],
    ['a missing nonce', query('nonce', '')],
    [
      'a doubled signature',
      { ...message, request: { ...message.request, url: `${message.request.url}&msg_signature=x` } },
    ],
    ['another token', { ...message, secrets: ['other'] }],
    ['an empty token', { ...message, secrets: [''] }],
    ['an empty token that it was signed with', wecomAttempt('hello', 'ww1', '')],
    ['no token', { ...message, secrets: [] }],
    ['no key', { ...message, options: { receiveId: WECOM.corpId } }],
    ['a malformed key', { ...message, options: { ...OPTIONS, encodingAESKey: 'short' } }],
    ['another key', { ...message, options: { ...OPTIONS, encodingAESKey: 'x'.repeat(43) } }],
    ['another receive id', { ...message, options: { ...OPTIONS, receiveId: 'wx0' } }],
    ['no receive id', { ...message, options: { encodingAESKey: WECOM.aesKey } }],
    ['an old time', { ...message, now: 1409659813 + 301 }],
    ['a time ahead', { ...message, now: 1409659813 - 301 }],
    ['a document type', { ...message, request: { ...message.request, rawBody: `<!DOCTYPE xml>${ENVELOPE}` } }],
    [
      'two ciphertexts',
      {
        ...message,
        request: { ...message.request, rawBody: ENVELOPE.replace('<AgentID>', '<Encrypt>x</Encrypt><AgentID>') },
      },
    ],
    ['an empty body', { ...message, request: { ...message.request, rawBody: '' } }],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('wecom', given)).ok).toBe(false);
  });
});

describe('WeChat official account, secure mode', () => {
  it('echoes the challenge, which is not encrypted', async () => {
    const query = { timestamp: '1700000000', nonce: 'n1' };
    // printf '%s' 1700000000n1weixin | sha1sum: the parts in the order of their bytes
    const signature = '93f09e06831b4364c608547c4d34737f2599a5b6';
    const given: Attempt = {
      request: { method: 'GET', url: url({ ...query, signature, echostr: '5837' }) },
      secrets: ['weixin'],
      now: 1_700_000_000,
    };
    expect((await accepted('wechat-mp-secure', given)).handshake?.body).toBe('5837');
    expect(await refused('wechat-mp-secure', { ...given, secrets: ['other'] })).toContain('another secret');
    expect(await refused('wechat-mp-secure', { ...given, secrets: [''] })).toContain('No secret');
    expect(await refused('wechat-mp-secure', { ...given, now: 1_700_000_301 })).toContain('301 s ago');
  });

  it('opens a message and answers success', async () => {
    const text = '<xml><MsgId>6054768590064713728</MsgId></xml>';
    const result = await accepted('wechat-mp-secure', wecomAttempt(text, 'wxapp'));
    expect(result).toMatchObject({ deliveryId: '6054768590064713728', reply: { body: 'success' } });
  });

  it('does not take the plain signature for a message', async () => {
    const given = wecomAttempt('<xml/>', 'wxapp');
    const request = { ...given.request, url: given.request.url?.replace('msg_signature', 'signature') };
    expect(await refused('wechat-mp-secure', { ...given, request })).toContain('msg_signature');
  });
});

describe('DingTalk events', () => {
  // DingTalk's own example for testing (open.dingtalk.com, event callback, "调试工具").
  const token = '123456';
  const aesKey = '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij';
  const encrypt =
    '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==';
  const official: Attempt = {
    request: {
      url: url({
        signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
        timestamp: '1445827045067',
        nonce: 'nEXhMP4r',
      }),
      rawBody: JSON.stringify({ encrypt }),
    },
    secrets: [token],
    options: { encodingAESKey: aesKey, receiveId: 'suite4xxxxxxxxxxxxxxx' },
    now: 1445827045,
  };

  /** Opens an answer with Tencent's library, which shares the container. */
  function open(body: string | undefined, opened: { token: string; aesKey: string }) {
    const answer = JSON.parse(body ?? '') as Record<'msg_signature' | 'timeStamp' | 'nonce' | 'encrypt', string>;
    expect(answer.msg_signature).toBe(getSignature(opened.token, answer.timeStamp, answer.nonce, answer.encrypt));
    return decrypt(opened.aesKey, answer.encrypt);
  }

  it('answers the official URL check with its own random text, encrypted', async () => {
    const { handshake } = await accepted('dingtalk', official);
    expect(handshake?.kind).toBe('check_create_suite_url');
    expect(open(handshake?.body, { token, aesKey })).toMatchObject({
      message: 'LPIdSnlF',
      id: 'suite4xxxxxxxxxxxxxxx',
    });
  });

  it('answers an event with an encrypted success', async () => {
    const given = wecomAttempt('{"EventType":"user_add_org","TimeStamp":"1700000000123"}', 'ding');
    const cipher = /CDATA\[(.*?)\]/.exec(String(given.request.rawBody))?.[1] ?? '';
    const parts = { timestamp: '1700000000123', nonce: 'n' };
    const signature = getSignature(String(given.secrets?.[0]), parts.timestamp, parts.nonce, cipher);
    const result = await accepted('dingtalk', {
      ...given,
      request: { url: url({ msg_signature: signature, ...parts }), rawBody: JSON.stringify({ encrypt: cipher }) },
    });
    expect(result.plaintext?.body.toString()).toContain('user_add_org');
    expect(result.deliveryId).toMatch(/^[0-9a-f]{64}$/);
    const key = { token: String(given.secrets?.[0]), aesKey: String(given.options?.encodingAESKey) };
    expect(open(result.reply?.body, key)).toMatchObject({ message: 'success', id: 'ding' });
  });

  it.each<[string, Attempt]>([
    ['another token', { ...official, secrets: ['1234567'] }],
    ['no token', { ...official, secrets: [] }],
    ['another receive id', { ...official, options: { ...official.options, receiveId: 'suite5' } }],
    ['an old time', { ...official, now: 1445827045 + 3602 }],
    ['a time ahead', { ...official, now: 1445827045 - 3602 }],
    ['a body without the ciphertext', { ...official, request: { ...official.request, rawBody: '{}' } }],
    [
      'a changed ciphertext',
      { ...official, request: { ...official.request, rawBody: JSON.stringify({ encrypt: changed(encrypt) }) } },
    ],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('dingtalk', given)).ok).toBe(false);
  });
});

describe("a stranger's envelope", () => {
  // A body that would be read is seen by what is said of it.
  const unread: [string, Attempt['request'], number, RegExp][] = [
    ['without a signature', { url: '/' }, 1409659813, /"msg_signature" is missing/],
    [
      'with one of another form',
      { url: url({ ...MESSAGE_QUERY, msg_signature: 'x' }) },
      1409659813,
      /holds no signature/,
    ],
    ['of another time', { url: url(MESSAGE_QUERY) }, 1409659813 + 301, /301 s ago/],
  ];
  it.each(unread)('is not read %s', async (_what, request, now, reason) => {
    const given = { ...message, request: { ...request, rawBody: 'no envelope' }, now };
    expect(await refused('wecom', given)).toMatch(reason);
  });
});

import { createCipheriv, createHash } from 'node:crypto';
import { decryptEvent } from '../../../../src/server/verifiers/providers/feishuCrypt';
import { accepted, attempt, changed, refused, type Attempt } from './support';

const KEY = 'encrypt-key';
const NOW = 1_700_000_000;
const EVENT = {
  schema: '2.0',
  header: { event_id: '5e3702a84e847582be8db7fb73283c02', event_type: 'im.message.receive_v1', token: 'rvaYgk' },
  event: { text: '你好' },
};

function encrypt(value: unknown, key = KEY): string {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(JSON.stringify(value)), cipher.final()]).toString('base64');
}

function signed(rawBody: string, timestamp = String(NOW), key = KEY): Attempt {
  const signature = createHash('sha256').update(`${timestamp}n0nce${key}${rawBody}`).digest('hex');
  return {
    request: {
      rawBody,
      headers: {
        'x-lark-signature': signature,
        'x-lark-request-timestamp': timestamp,
        'x-lark-request-nonce': 'n0nce',
      },
    },
    secrets: [{ name: 'main', value: KEY }],
    now: NOW,
  };
}

const event = (value: unknown = EVENT): Attempt => signed(JSON.stringify({ encrypt: encrypt(value) }));
const withHeaders = (given: Attempt, headers: Record<string, string | string[] | undefined>): Attempt => ({
  ...given,
  request: { ...given.request, headers: { ...given.request.headers, ...headers } },
});

describe('Feishu', () => {
  it("opens the example of Feishu's documentation", () => {
    const plaintext = decryptEvent('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=');
    expect(plaintext?.toString()).toBe('hello world');
  });

  it('signs as documented: printf 1700000000n0nceencrypt-key{"encrypt":"x"} | sha256sum', async () => {
    const given = signed('{"encrypt":"x"}');
    expect(given.request.headers?.['x-lark-signature']).toBe(
      '72960a0a2ea31e9b10843bb5f679f1ee0b90aec3963378787de6a8e53c175940',
    );
    expect(await refused('feishu', given)).toContain('does not open with "Encrypt Key"');
  });

  it('opens a version 2 event', async () => {
    const result = await accepted('feishu', { ...event(), options: { verificationToken: 'rvaYgk' } });
    expect(result).toMatchObject({ secretName: 'main', deliveryId: '5e3702a84e847582be8db7fb73283c02' });
    expect(JSON.parse(result.plaintext?.body.toString() ?? '')).toEqual(EVENT);
  });

  it('opens a version 1 event and knows it by its uuid', async () => {
    const given = event({ uuid: 'u1', token: 't', type: 'event_callback', event: {} });
    expect((await accepted('feishu', { ...given, options: { verificationToken: 't' } })).deliveryId).toBe('u1');
  });

  it('reads the time in the form of Go', async () => {
    const rawBody = JSON.stringify({ encrypt: encrypt(EVENT) });
    const given = signed(rawBody, '2023-11-15 06:13:20.123456789 +0800 CST m=+0.5');
    expect((await attempt('feishu', given)).ok).toBe(true);
    expect(await refused('feishu', { ...given, now: NOW + 400 })).toContain('s ago');
  });

  it('answers an encrypted challenge, which is not signed', async () => {
    const rawBody = JSON.stringify({ encrypt: encrypt({ challenge: 'ajls', token: 't', type: 'url_verification' }) });
    const given: Attempt = {
      request: { rawBody },
      secrets: ['other', KEY],
      options: { verificationToken: 't' },
      now: NOW,
    };
    const { handshake } = await accepted('feishu', given);
    expect(handshake).toMatchObject({
      kind: 'url_verification',
      contentType: 'application/json',
      body: '{"challenge":"ajls"}',
    });
    expect(await refused('feishu', { ...given, options: { verificationToken: 'u' } })).toContain(
      '"token" is not what is set here',
    );
    expect(await refused('feishu', { ...given, secrets: ['other'] })).toContain('does not open with "Encrypt Key"');
    expect(await refused('feishu', { ...given, secrets: [] })).toContain('No secret');
  });

  it('answers a plain challenge only to who knows the token', async () => {
    const rawBody = '{"challenge":"ajls","token":"t","type":"url_verification"}';
    const given: Attempt = { request: { rawBody }, secrets: [KEY], options: { verificationToken: 't' }, now: NOW };
    expect((await accepted('feishu', given)).handshake?.body).toBe('{"challenge":"ajls"}');
    expect((await attempt('feishu', { ...given, options: { verificationToken: 'u' } })).ok).toBe(false);
    expect(await refused('feishu', { ...given, options: {} })).toContain('set the Verification Token here');
  });

  it('takes either of two keys during a change-over', async () => {
    const secrets = [
      { name: 'new', value: 'other' },
      { name: 'old', value: KEY },
    ];
    expect((await accepted('feishu', { ...event(), secrets })).secretName).toBe('old');
  });

  it.each<[string, Attempt]>([
    ['an event that is not signed', { ...event(), request: { rawBody: event().request.rawBody } }],
    [
      'a changed byte',
      { ...event(), request: { ...event().request, rawBody: changed(String(event().request.rawBody), 30) } },
    ],
    ['a changed signature', withHeaders(event(), { 'x-lark-signature': 'a'.repeat(64) })],
    ['a malformed signature', withHeaders(event(), { 'x-lark-signature': 'zz' })],
    ['a missing nonce', withHeaders(event(), { 'x-lark-request-nonce': undefined })],
    ['a changed time', withHeaders(event(), { 'x-lark-request-timestamp': String(NOW + 1) })],
    ['a doubled signature', withHeaders(event(), { 'x-lark-signature': ['a', 'b'] })],
    [
      'an empty key that it was signed with',
      { ...signed(JSON.stringify({ encrypt: encrypt(EVENT, '') }), String(NOW), ''), secrets: [''] },
    ],
    ['another key', { ...event(), secrets: ['other'] }],
    ['an empty key', { ...event(), secrets: [''] }],
    ['no key', { ...event(), secrets: [] }],
    ['an old time', { ...event(), now: NOW + 301 }],
    ['a time ahead', { ...event(), now: NOW - 301 }],
    ['another token', { ...event(), options: { verificationToken: 'x' } }],
    ['a body that is no JSON', signed('hello')],
  ])('refuses %s', async (_what, given) => {
    expect((await attempt('feishu', given)).ok).toBe(false);
  });
});

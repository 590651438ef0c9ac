import { createPrivateKey, sign } from 'node:crypto';
import type { WebhookAuth } from '../../../../src/common/auth';
import { validateConfig } from '../../../../src/common/validateConfig';
import { verifyRequest } from '../../../../src/server/verifiers';
import type { VerifyRequest } from '../../../../src/server/verifiers/types';

// Where an answer is signed by the key that calls are signed by, no answer may pass for a call.

const NOW = 1_725_442_341;
const SECRET = 'DG5g3B4j9X2KOErG';
const QQ: WebhookAuth = { type: 'provider', provider: 'qq-bot', secrets: [SECRET] };
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(SECRET + SECRET)]),
  format: 'der',
  type: 'pkcs8',
});
const signed = (text: string) => sign(null, Buffer.from(text), key).toString('hex');
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

function call(auth: WebhookAuth, body: string, headers: VerifyRequest['headers'] = signatureOf(body)) {
  const request = { method: 'POST', url: '/api/webhooks/key', headers, rawBody: Buffer.from(body) };
  return verifyRequest({ auth, request, now: NOW });
}
const signatureOf = (body: string) => ({
  'x-signature-timestamp': String(NOW),
  'x-signature-ed25519': signed(`${NOW}${body}`),
});
const validation = (plain_token: unknown, event_ts: unknown = String(NOW)) =>
  JSON.stringify({ op: 13, d: { plain_token, event_ts } });

test('signs nothing for who has not signed the challenge', async () => {
  const headers = { 'x-signature-timestamp': String(NOW), 'x-signature-ed25519': '00'.repeat(64) };
  expect(await call(QQ, validation('word'), {})).toEqual(refused(/missing/));
  expect(await call(QQ, validation('word'), headers)).toEqual(refused(/does not match/));
});

test.each([
  ['the body of a call', '{"op":0,"d":{}}'],
  ['spaces', 'a b'],
  ['a line break', 'a\nb'],
  ['what is too long', 'x'.repeat(513)],
])('signs no %s, though the challenge is signed', async (_name, token) => {
  expect(await call(QQ, validation(token))).toEqual(refused(/no challenge/));
});
test.each([
  ['no token', validation(undefined)],
  ['a list', validation(['a', 'b'])],
  ['no time', validation('word', null)],
])('signs nothing where the challenge holds %s', async (_name, body) => {
  expect(await call(QQ, body)).toEqual(refused(/missing/));
});

test.each(['Arq0D5A61EgUu4OxUvOp', '12345', '"quoted"', ''])(
  'takes no answer that it has given for a call: %j',
  async (token) => {
    const headers = { 'x-signature-timestamp': String(NOW), 'x-signature-ed25519': signed(`${NOW}${token}`) };
    expect(await call(QQ, token, headers)).toMatchObject({ ok: false });
  },
);

describe("a maker's own", () => {
  const auth = (change: object = {}, reply: object = {}) =>
    ({
      type: 'signature',
      kind: 'ed25519',
      key: { enc: 'seed' },
      sig: { from: 'header:x-signature-ed25519' },
      content: '{header:x-signature-timestamp}{body}',
      handshake: [
        {
          kind: 'ask',
          when: { has: 'json:challenge' },
          auth: 'none',
          reply: { status: 200, body: '{ed25519-base64:json:challenge}', ...reply },
        },
      ],
      secrets: [SECRET],
      ...change,
    }) as WebhookAuth;
  const problems = (value: WebhookAuth) => validateConfig({ auth: value }).map(({ path, message }) => [path, message]);

  test('is answered', async () => {
    const body = sign(null, Buffer.from('word'), key).toString('base64');
    expect(await call(auth(), '{"challenge":"word"}', {})).toMatchObject({ ok: true, handshake: { body } });
    expect(await call(auth(), '{"challenge":"{}"}', {})).toEqual(refused(/no challenge/));
    expect(await call(auth(), '{"a":1}')).toMatchObject({ ok: true });
    expect(await call(auth(), 'word', signatureOf('word'))).toMatchObject({ ok: false });
    expect(problems(auth())).toEqual([]);
  });
  test.each([
    ['another kind', { kind: 'hmac' }, /key\.enc/],
    ['a key that is fetched', { key: { enc: 'seed', url: 'https://a.example/k' } }, /key\.url/],
    ['a public key', { key: { enc: 'raw-hex' } }, /handshake\.0\.reply/],
    ['a text of which the body is no part', { content: '{header:x-a}' }, /handshake\.0\.auth/],
  ])('is not saved with %s', (_name, change, at) => {
    expect(problems(auth(change))).toContainEqual([expect.stringMatching(at), expect.any(String)]);
  });
  test('signs no body, whatever is set', async () => {
    const asks = auth({}, { body: '{ed25519:body}' });
    expect(await call(asks, '{"challenge":"word"}', {})).toEqual(refused(/no challenge/));
  });
});

describe('the time of an answer', () => {
  const auth = (body: string, at = 'none') =>
    ({
      type: 'signature',
      sig: { from: 'header:x-sig' },
      handshake: [{ kind: 'ask', when: { has: 'json:c' }, auth: at, reply: { status: 200, body } }],
      secrets: [SECRET],
    }) as WebhookAuth;
  const asked = '{"c":"word","l":[{"a":"first"},{"a":"second"}],"empty":""}';

  test.each([
    ['{now:s} {now:ms}', '1725442341 1725442341000'],
    ['{now:rfc3339}', '2024-09-04T09:32:21Z'],
    ['{now:YYYYMMDDhhmmss}', '20240904093221'],
    ['{first:json:l[].a}', 'first'],
    // Python: hmac.new(b'DG5g3B4j9X2KOErG', b'4word1725442341', 'sha256').hexdigest()
    ['{hmac-hex:length:json:c+now:s}', '86d1fdb151df5d3647665bc0996c096c28d77993bd721ddd082ebdafbff3e183'],
    // Python: hashlib.sha256(b'05first202024-09-04T09:32:21Z').hexdigest()
    [
      '{sha256-hex:length:json:empty+length:first:json:l[].a+length:now:rfc3339}',
      'd3492ef1650927f67c91d6e6992ce243a1124e5fe1d4335688c613a7c139155b',
    ],
  ])('and what is beside it is filled in: %s', async (body, expected) => {
    expect(validateConfig({ auth: auth(body) })).toEqual([]);
    expect(await call(auth(body), asked, {})).toMatchObject({ ok: true, handshake: { body: expected } });
  });
  test.each([
    '{hmac-hex:now:s}',
    '{hmac-hex:length:now:s+url}',
    '{now:weeks}',
    '{length:json:c}',
    '{hmac-hex:length:secret}',
  ])('is none of the call, so that it hides no secret: %s', (body) =>
    expect(validateConfig({ auth: auth(body) })).not.toEqual([]),
  );
  test('is missing where the value is', async () => {
    expect(await call(auth('{first:json:none[].a}'), asked, {})).toEqual(refused(/missing/));
    expect(await call(auth('{hmac-hex:length:json:none+now:s}'), asked, {})).toEqual(refused(/missing/));
  });
});

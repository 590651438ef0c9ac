import type { SignatureAuth, WebhookAuth } from '../../../../src/common/auth';
import { openAuth, resealAuth, sealAuth } from '../../../../src/server/secrets/authSecrets';
import { Sealer } from '../../../../src/server/secrets/Sealer';

const sealer = new Sealer(Buffer.alloc(32, 7), 'main');
const NONE = { unreadable: [] };

/** Settings with a secret everywhere where one can be. */
const AUTHS: WebhookAuth[] = [
  { type: 'basic', username: 'u', passwords: ['literal 1'] },
  { type: 'token', in: 'header', name: 'x', secrets: ['literal 1', { name: 'b', value: 'literal 2' }] },
  { type: 'signature', sig: { from: 'header:x' }, secrets: ['literal 1'] },
  { type: 'jwt', algorithms: ['HS256'], secrets: ['literal 1'] },
  { type: 'provider', provider: 'meta', secrets: ['literal 1'], options: { verifyToken: 'literal 2' } },
];

test.each(AUTHS)('$type: every literal is sealed, and opens for its own workflow', (auth) => {
  const stored = sealAuth(auth, 'abc', sealer);
  expect(JSON.stringify(stored)).not.toContain('literal');
  const opened = openAuth(stored, 'abc', sealer);
  expect(opened).toMatchObject(NONE);
  expect(JSON.stringify(opened.auth).match(/literal/g)).toHaveLength(JSON.stringify(auth).match(/literal/g)!.length);
  expect(JSON.stringify(openAuth(stored, 'abd', sealer))).not.toContain('literal');
});

test.each(AUTHS)('$type: a save leaves what comes sealed as it is; a copy has it sealed anew', (auth) => {
  const stored = sealAuth(auth, 'abc', sealer);
  expect(sealAuth(stored, 'other', sealer)).toEqual(stored);
  const copy = resealAuth(stored, 'abc', 'copy', sealer);
  expect(openAuth(copy, 'copy', sealer)).toEqual(openAuth(stored, 'abc', sealer));
  expect(openAuth(copy, 'abc', sealer).unreadable).not.toEqual([]);
  expect(resealAuth(stored, 'not its own', 'copy', sealer)).toEqual(stored);
});

test('secrets of a list can be moved and removed', () => {
  const stored = sealAuth(AUTHS[1] as WebhookAuth, 'abc', sealer) as Extract<WebhookAuth, { type: 'token' }>;
  const moved = { ...stored, secrets: [...stored.secrets].reverse() };
  expect(openAuth(moved, 'abc', sealer)).toMatchObject({ auth: { secrets: [{ value: 'literal 2' }, {}] }, ...NONE });
  expect(openAuth({ ...stored, secrets: stored.secrets.slice(1) }, 'abc', sealer)).toMatchObject(NONE);
});

test('a reference to a variable stays as it is', () => {
  const auth: WebhookAuth = { type: 'token', in: 'header', name: 'x', secrets: [{ value: '{{$env.TOKEN}}' }] };
  const stored = sealAuth(auth, 'abc', sealer);
  expect(stored).toEqual(auth);
  expect(openAuth(stored, 'abc', sealer)).toEqual({ auth, unreadable: [] });
});

const hmac = sealAuth(
  { type: 'signature', sig: { from: 'header:x' }, secrets: ['literal'] },
  'abc',
  sealer,
) as SignatureAuth;
const [secret] = hmac.secrets;
const meta = sealAuth(AUTHS[4] as WebhookAuth, 'abc', sealer) as Extract<WebhookAuth, { type: 'provider' }>;

test.each<[string, object]>([
  ['as a token', { type: 'token', in: 'header', name: 'x', secrets: [secret] }],
  ['as a password', { type: 'basic', username: 'u', passwords: [secret] }],
  ["as a JSON Web Token's", { type: 'jwt', algorithms: ['HS256'], secrets: [secret] }],
  ["as a provider's", { type: 'provider', provider: 'github', secrets: [secret] }],
  ["as a provider's setting", { ...meta, secrets: [], options: { verifyToken: secret } }],
  ['of one provider as the setting of the same', { ...meta, secrets: [], options: { verifyToken: meta.secrets[0] } }],
  ['of one provider as that of another', { ...meta, provider: 'intercom' }],
  ['with another kind', { ...hmac, kind: 'hash' }],
  // A guess at the beginning of the secret, which would come true or not: letter by letter, all of it.
  ['with another prefix', { ...hmac, key: { strip: 'l' } }],
  ['in another encoding', { ...hmac, key: { enc: 'hex' } }],
])("a signature's secret stays shut %s", (_as, auth) => {
  const { auth: opened, unreadable } = openAuth(auth as WebhookAuth, 'abc', sealer);
  expect(unreadable).toHaveLength(1);
  expect(JSON.stringify(opened)).not.toMatch(/literal 1|"literal"/);
});

test('opens with everything else changed', () => {
  const changed: SignatureAuth = { ...hmac, alg: 'sha512', sig: { from: 'query:y' }, key: { enc: 'utf8', strip: '' } };
  expect(openAuth(changed, 'abc', sealer)).toMatchObject(NONE);
});

const answering = (auth: string | object, body: string): object => {
  return { handshake: [{ kind: 'c', when: { has: 'query:a' }, auth, reply: { status: 200, body } }] };
};
const signature = (more: object): SignatureAuth =>
  ({ type: 'signature', sig: { from: 'header:x' }, secrets: ['literal'], ...more }) as SignatureAuth;

test.each<[string, object, object]>([
  ['is sorted among texts of the caller', {}, { content: '{sorted:secret,query:a}' }],
  ['stands beside others in the signed text', { content: '{ts}{secret}' }, { content: '{query:a}{secret}' }],
  ['stands in it as its digest', {}, { content: '{body}{sha1:secret}' }],
  ['is hashed', { kind: 'hash', content: '{secret}{body}' }, { kind: 'hash', content: '{sorted:secret,query:a}' }],
  ['is digested in an answer', {}, answering('none', '{sha1-hex:query:a+secret}')],
  ['is the key of an answer', {}, answering('none', '{"x":"{hmac-base64:query:a}"}')],
  ['is digested with something else', answering('none', '{hmac:query:a}'), answering('none', '{hmac:query:a+secret}')],
  ['is digested for who proves less', answering('signature', '{hmac:body}'), answering('none', '{hmac:body}')],
  ['is compared with what a caller sends', {}, answering({ from: 'query:a', equals: 'secret' }, 'ok')],
  ['is digested before it is the key', {}, { key: { hash: 'md5' } }],
])('it stays shut, there and back, where only then it %s', (_how, before, after) => {
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    const { secrets } = sealAuth(signature(one), 'abc', sealer) as SignatureAuth;
    expect(openAuth(signature({ ...one, secrets }), 'abc', sealer)).toMatchObject(NONE);
    const { auth: opened, unreadable } = openAuth(signature({ ...other, secrets }), 'abc', sealer);
    expect(unreadable).toHaveLength(1);
    expect(JSON.stringify(opened)).not.toContain('literal');
  }
});

test('it opens with all changed that it does not stand in', () => {
  const headers = { 'X-A': '{sha256:query:a+secret}' };
  const row = { kind: 'c', when: { has: 'query:a' }, auth: 'none', reply: { status: 200, body: 'a', headers } };
  const other = {
    ...row,
    kind: 'd',
    when: { method: 'GET' },
    reply: { status: 201, body: '{sha256:query:a+secret}!' },
  };
  const echo = { ...row, reply: { status: 200, body: '{query:a}{sha1:body}' } };
  const { secrets } = sealAuth(
    signature({ content: '{secret}{body}', handshake: [row] }),
    'abc',
    sealer,
  ) as SignatureAuth;
  const changed = signature({
    alg: 'md5',
    content: '{secret}{body}',
    handshake: [echo, other],
    id: ['header:y'],
    secrets,
  });
  expect(openAuth(changed, 'abc', sealer)).toMatchObject(NONE);
  // A word that only looks like it.
  const free = sealAuth(signature({}), 'abc', sealer) as SignatureAuth;
  for (const content of ['{json:secret}', 'secret{body}', '{sorted-form:!secret}', '{sorted:query:secret,query:b}']) {
    expect(openAuth({ ...free, content }, 'abc', sealer)).toMatchObject(NONE);
  }
});

test.each([null, 1, 'x', [null], [1, {}], [{ reply: null }], [{ auth: null, reply: { body: 1, headers: [1] } }]])(
  'settings that are none are sealed all the same: %j',
  (handshake) => {
    expect(JSON.stringify(sealAuth(signature({ handshake, content: 1 }), 'abc', sealer))).not.toContain('literal');
  },
);

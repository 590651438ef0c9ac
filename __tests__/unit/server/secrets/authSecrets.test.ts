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

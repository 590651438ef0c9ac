import { AesEncryptor, type Application } from '@nocobase/server';
import { Sealer, sealerOf, type SecretPlace } from '../../../../src/server/secrets/Sealer';

const KEY = Buffer.alloc(32, 7);
const sealer = new Sealer(KEY, 'main');
const place: SecretPlace = { key: 'abc', use: ['provider', '', 'github', 'utf8', ''], field: 'secrets' };
const SECRET = 'a signing secret, 秘密';
const sealed = sealer.seal(SECRET, place);

// Made apart from this code: the key by the two HMACs of RFC 5869, the nonce 00 to 0b. Changes only with the form `v1.`.
const MADE_ELSEWHERE = 'v1.AAECAwQFBgcICQoLY3Olc_5iaD81mysx3bldbUSZKdRfTLcK';

test('opens at its place, and reads the same at every start', () => {
  expect(sealer.open(sealed, place)).toBe(SECRET);
  expect(new Sealer(KEY, 'main').open(sealed, place)).toBe(SECRET);
  expect(sealer.open(MADE_ELSEWHERE, place)).toBe('hi there');
});

test('no two are the same, and none holds what it seals', () => {
  expect(sealer.seal(SECRET, place)).not.toBe(sealed);
  expect(Buffer.from(sealed.slice(3), 'base64url').includes('signing')).toBe(false);
});

test.each<[string, SecretPlace]>([
  ['another workflow', { ...place, key: 'abd' }],
  ['another kind', { ...place, use: ['token', '', '', 'utf8', ''] }],
  ['another provider', { ...place, use: ['provider', '', 'gitlab', 'utf8', ''] }],
  ['another encoding', { ...place, use: ['provider', '', 'github', 'hex', ''] }],
  ['another field', { ...place, field: 'options.verifyToken' }],
  ['the same text, cut elsewhere', { ...place, use: ['provider', '', 'git', 'hub', 'utf8', ''] }],
])('stays shut at %s', (_where, other) => {
  expect(sealer.open(sealed, other)).toBeNull();
});

test('stays shut in another app, and under another key', () => {
  expect(new Sealer(KEY, 'sub').open(sealed, place)).toBeNull();
  expect(new Sealer(Buffer.alloc(32, 8), 'main').open(sealed, place)).toBeNull();
});

test('stays shut once any bit of it was changed, cut, or put together anew', () => {
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  const wrap = (changed: Buffer) => `v1.${changed.toString('base64url')}`;
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(sealer.open(wrap(changed), place)).toBeNull();
  }
  for (let length = 0; length < bytes.length; length++) {
    expect(sealer.open(wrap(bytes.subarray(0, length)), place)).toBeNull();
  }
  const other = Buffer.from(sealer.seal(SECRET, place).slice(3), 'base64url');
  expect(sealer.open(wrap(Buffer.concat([bytes.subarray(0, 28), other.subarray(28)])), place)).toBeNull();
});

test.each([undefined, null, 7, '', 'v1.', 'v2.aaaa', sealed.slice(3), { sealed }])('stays shut: %p', (what) => {
  expect(sealer.open(what, place)).toBeNull();
});

test("what NocoBase's own encryptor sealed stays shut", async () => {
  expect(sealer.open(await new AesEncryptor(KEY).encrypt(SECRET), place)).toBeNull();
});

test("takes its key from NocoBase's encryptor", () => {
  const app = (aesEncryptor: unknown) => ({ aesEncryptor, name: 'main' }) as Application;
  expect(sealerOf(app(new AesEncryptor(KEY))).open(sealed, place)).toBe(SECRET);
  for (const changed of [{}, { key: 'text' }, { key: Buffer.alloc(16) }]) {
    expect(() => sealerOf(app(changed))).toThrow("key can't be read");
  }
});

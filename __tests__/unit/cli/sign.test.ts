import { generateKeyPairSync } from 'node:crypto';
import type { SignatureScheme } from '../../../src/common/presets';
import { PROVIDERS } from '../../../src/common/providers';
import { NOW, run } from './support';

const URL = 'https://example.com/api/webhooks/key?a=1';
const BASE64_SECRET = Buffer.from('a secret of many bytes').toString('base64');
const HEX_SECRET = Buffer.from('a secret of many bytes').toString('hex');

const SHARED = ['hmac', 'hash', 'token'];
const isShared = (scheme: SignatureScheme) => SHARED.includes(scheme.kind) || scheme.key?.enc === 'seed';
const shared = PROVIDERS.filter(({ scheme }) => scheme && isShared(scheme));
const withKeys = PROVIDERS.filter(({ scheme }) => scheme && !isShared(scheme));

function secretFor(enc: string | undefined): string {
  return enc === 'base64' ? BASE64_SECRET : enc === 'hex' ? HEX_SECRET : 'a secret';
}

it.each(shared.map((provider) => [provider.id, provider] as const))(
  'signs for %s what verify accepts, and nothing else',
  async (id, { scheme, options = [] }) => {
    const given = options.filter(({ required }) => required).flatMap(({ name }) => ['--option', `${name}=a setting`]);
    const secret = secretFor(scheme?.key?.enc);
    const env = { WEBHOOK_SECRET: secret };
    const signed = await run(['sign', '--provider', id, '--url', URL, '--format', 'http', ...given], { env });
    expect(signed).toMatchObject({ code: 0, err: '' });
    const files = { r: signed.bytes };
    const verify = ['verify', '--provider', id, '--request', 'r', ...given];
    expect(await run(verify, { files, env })).toMatchObject({ code: 0 });
    const other = { WEBHOOK_SECRET: `${secret.slice(0, 4)}00${secret.slice(6)}` };
    expect(await run(verify, { files, env: other })).toMatchObject({ code: 1 });
  },
);

it.each(withKeys.map((provider) => [provider.id, provider] as const))(
  'signs for %s with a private key, and asks for one',
  async (id, { scheme }) => {
    const pair =
      scheme?.kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : scheme?.kind === 'ecdsa'
          ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
          : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const files = { 'key.pem': String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })) };
    const args = ['sign', '--provider', id, '--url', URL];
    const signed = await run([...args, '--private-key', 'key.pem'], { files });
    expect(signed).toMatchObject({ code: 0, err: '' });
    const without = await run(args, { env: { WEBHOOK_SECRET: 'x' } });
    expect(without).toMatchObject({ code: 2, err: expect.stringContaining('--private-key') });
  },
);

it.each(PROVIDERS.filter(({ scheme }) => !scheme).map(({ id }) => id))(
  'refuses to sign for %s and says why',
  async (id) => {
    const ran = await run(['sign', '--provider', id, '--url', URL], { env: { WEBHOOK_SECRET: 'x' } });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('signs in a way of its own');
  },
);

describe('the settings of a webhook from a file', () => {
  const auths = {
    hmac: {
      type: 'signature',
      alg: 'sha512',
      sig: { from: 'header:X-Sig', split: ',', prefix: 'v1=', enc: 'base64url' },
      ts: { from: 'sig:t=', tol: 300 },
      content: '{ts}.{method}.{url}.{header:x-id}.{body}',
      secrets: ['a secret'],
    },
    basic: { type: 'basic', username: 'jürgen', passwords: ['pa:ss'] },
    bearer: { type: 'token', in: 'header', name: 'Authorization', scheme: 'Bearer', secrets: ['tök'] },
    query: { type: 'token', in: 'query', name: 'key', secrets: ['tök & co'] },
    none: { type: 'none' },
  };
  it.each(Object.entries(auths))('%s', async (_name, auth) => {
    const files = { 'auth.json': JSON.stringify(auth) };
    const signed = await run(['sign', '--auth', 'auth.json', '--url', URL, '--format', 'http'], { files });
    expect(signed).toMatchObject({ code: 0, err: '' });
    const ran = await run(['verify', '--auth', 'auth.json', '--request', 'r'], {
      files: { ...files, r: signed.bytes },
    });
    expect(ran).toMatchObject({ code: 0 });
  });

  it.each(['jwt', 'mtls'])('refuses %s', async (type) => {
    const files = { a: JSON.stringify({ type, algorithms: ['HS256'] }) };
    const ran = await run(['sign', '--auth', 'a', '--url', URL], { files });
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("can't be signed") });
  });
});

describe('what it prints', () => {
  const env = { WEBHOOK_SECRET: 'a secret' };

  it('is a line for the shell that does not hold the secret', async () => {
    const { out } = await run(['sign', '--provider', 'github', '--url', URL, '--data', `{"it's":1}`], { env });
    expect(out).toBe(
      [
        `curl -i -X POST '${URL}'`,
        `-H 'content-type: application/json'`,
        `-H 'x-hub-signature-256: sha256=7ecac9e4e1d3ae2a2eb5a8e5c4d4f2ee'`,
        `--data-binary '{"it'\\''s":1}'`,
      ]
        .join(' \\\n  ')
        .replace(/sha256=\w+/, /sha256=\w{64}/.exec(out)?.[0] ?? '?')
        .concat('\n'),
    );
    expect(out).not.toContain('a secret');
  });

  it('signs a saved request anew, body byte for byte', async () => {
    const body = Buffer.from([0xff, 0, 0x0d, 0x0a, 0x41]);
    const old = Buffer.concat([Buffer.from('PUT /hook HTTP/1.1\r\nHost: a.example\r\nX-A: 1\r\n\r\n'), body]);
    const args = ['sign', '--provider', 'github', '--request', 'old'];
    const ran = await run([...args, '--format', 'http'], { env, files: { old } });
    expect(ran.bytes.toString('latin1')).toMatch(/^PUT https:\/\/a\.example\/hook HTTP\/1\.1\r\n/);
    expect(ran.bytes.subarray(-body.length)).toEqual(body);
    const asCurl = await run(args, { env, files: { old } });
    expect(asCurl).toMatchObject({ code: 2, err: expect.stringContaining('--format http') });
  });

  it('signs the time it is told', async () => {
    const { out } = await run(['sign', '--provider', 'stripe', '--url', URL, '--now', String(NOW - 5)], { env });
    expect(out).toContain(`stripe-signature: t=${NOW - 5},v1=`);
  });

  it.each([
    [['--provider', 'github'], 'Say where the request goes to'],
    [['--provider', 'github', '--url', URL, '--format', 'xml'], '--format is curl or http'],
    [['--provider', 'github', '--url', URL, '--header', 'x'], '--header wants NAME:VALUE'],
    [['--provider', 'airtable', '--url', URL], 'The secret is no key as this scheme wants it: base64.'],
    [['--provider', 'mailgun', '--url', URL, '--data', 'x'], 'it has to be JSON'],
    [['--provider', 'github', '--url', URL, '--private-key', 'none.pem'], 'is no private key'],
  ])('refuses %j and says why', async (args, message) => {
    const ran = await run(['sign', ...args], { env });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(message);
  });
});

it('asks for a secret', async () => {
  const ran = await run(['sign', '--provider', 'github', '--url', URL]);
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('WEBHOOK_SECRET') });
});

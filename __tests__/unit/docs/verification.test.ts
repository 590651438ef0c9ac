import { readFileSync } from 'node:fs';
import type { WebhookAuth } from '../../../src/common/auth';
import { validateConfig } from '../../../src/common/validateConfig';
import { run } from '../cli/support';

const DOC = readFileSync('docs/verification.md', 'utf8');
const examples = [...DOC.matchAll(/^```json\n(.*?)^```/gms)].map(([, text = '']) => JSON.parse(text) as WebhookAuth);

it('has an example of every way to verify', () => {
  expect(examples.map(({ type }) => type).sort()).toEqual(['basic', 'jwt', 'mtls', 'provider', 'signature', 'token']);
});

it.each(examples.map((auth) => [auth.type, auth] as const))('shows settings for %s that are taken', (_type, auth) => {
  expect(validateConfig({ auth })).toEqual([]);
});

it.each(examples.filter(({ type }) => type !== 'jwt' && type !== 'mtls').map((auth) => [auth.type, auth] as const))(
  'shows settings for %s that work',
  async (_type, auth) => {
    const names = [...JSON.stringify(auth).matchAll(/\$env\.(\w+)/g)].map(([, name = '']) => name);
    const env = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
    const files = { 'auth.json': JSON.stringify(auth) };
    const args = ['--auth', 'auth.json', '--url', 'https://nocobase.example.com/api/webhooks/orders'];
    const signed = await run(['sign', ...args, '--format', 'http'], { env, files });
    expect(signed).toMatchObject({ code: 0, err: '' });
    const verify = ['verify', ...args, '--request', 'r'];
    expect(await run(verify, { env, files: { ...files, r: signed.bytes } })).toMatchObject({ code: 0 });
  },
);

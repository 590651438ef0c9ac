import { readFileSync } from 'node:fs';
import { validateConfig } from '../../../src/common/validateConfig';
import { run } from '../cli/support';

const DOC = readFileSync('docs/unlisted-senders.md', 'utf8');
const block = (language: string) => new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\``, 'ms').exec(DOC)?.[1] ?? '';

const [, assignment = '', args = ''] = /^(\S+) npx nocobase-webhook (.*)$/.exec(block('sh')) ?? [];
const [name = '', secret = ''] = assignment.split('=');

const verify = (request: string, value = secret) =>
  run(args.split(' '), {
    files: { 'shop.json': block('json'), 'saved.http': request },
    env: { [name]: value },
  });

const saved = block('http').replace(/\n/g, '\r\n');

it('verifies the call on the page by the settings on the page, with the line on the page', async () => {
  expect(await verify(saved)).toMatchObject({ code: 0 });
  expect(await verify(block('http'))).toMatchObject({ code: 0 });
});

it('refuses it changed, and with another secret', async () => {
  expect(await verify(saved.replace('10.00', '90.00'))).toMatchObject({ code: 1 });
  expect(await verify(saved, 'another-secret')).toMatchObject({ code: 1 });
});

const examples = [...DOC.matchAll(/^\*\*(.+?)\*\*.*?^```json\n(.*?)^```/gms)].map(
  ([, service = '', text = '']) => [service, JSON.parse(text) as object] as const,
);

it('has settings for seven services', () => {
  expect(examples.map(([service]) => service)).toEqual([
    'Paymob',
    'PayU',
    'Dropbox Sign',
    'Wix',
    'VNPay',
    'Persona',
    'Crypto Chief',
  ]);
});

it.each(examples)('shows settings for %s that are taken', (_service, auth) => {
  expect(validateConfig({ auth })).toEqual([]);
});

it.each(['README.md', 'docs/verification.md', 'docs/providers/README.md'])('is linked from %s', (page) => {
  expect(readFileSync(page, 'utf8')).toMatch(/\]\((?:docs\/|\.\.\/)?unlisted-senders\.md\)/);
});

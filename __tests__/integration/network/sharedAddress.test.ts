import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Host } from '../../../scripts/host';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { WebhookSettings } from '../../../src/common/settings';
import { ownHost, unique } from '../../support/hosts';
import { createWebhook, waitFor } from '../../support/workflows';

const BODY = '{"a":1}';
const FAILURES = 20;

let host: Host;
beforeAll(async () => {
  host = await ownHost({ env: { WEBHOOK_MAX_FAILURES: String(FAILURES), WEBHOOK_TRUSTED_PROXIES: '' } });
}, 180_000);
afterAll(() => host?.remove());

const post = async (path: string, headers: Record<string, string>) =>
  (await fetch(`${host.url}${host.apiPath}webhooks/${path}`, { method: 'POST', headers, body: BODY })).status;

const signature = `sha256=${createHmac('sha256', 's3cret').update(BODY).digest('hex')}`;

it.each<[string, WebhookConfigInput['auth'], Record<string, string>, Record<string, string>]>([
  [
    'a signature',
    { type: 'provider', provider: 'github', secrets: ['s3cret'] },
    { 'x-hub-signature-256': signature },
    { 'x-hub-signature-256': signature.replace(/.$/, 'x') },
  ],
  [
    'a token',
    { type: 'token', in: 'header', name: 'x-key', secrets: ['s3cret'] },
    { 'x-key': 's3cret' },
    { 'x-key': 'wrong' },
  ],
])('goes on to take %s from an address that a stranger shares', async (_what, auth, good, bad) => {
  const [known, unknown] = [unique('shared-'), unique('shared-')];
  await createWebhook(host.api, { path: known, auth, dedupe: null });
  await createWebhook(host.api, { path: unknown, auth, dedupe: null });
  expect(await post(known, good)).toBe(200);
  for (let i = 0; i < FAILURES * 3; i++) {
    await post(known, bad);
    await post(unknown, bad);
  }
  expect(await post(known, good)).toBe(200);
  // Nobody was ever verified there: it can't be told from the stranger.
  expect(await post(unknown, good)).toBe(429);
});

it('turns a stranger away from there as well in the end', async () => {
  const path = unique('shared-');
  const auth = { type: 'token', in: 'header', name: 'x-key', secrets: ['s3cret'] } as const;
  await createWebhook(host.api, { path, auth: { ...auth, secrets: ['s3cret'] } });
  expect(await post(path, { 'x-key': 's3cret' })).toBe(200);
  const statuses = new Set<number>();
  for (let round = 0; round < 40 && !statuses.has(429); round++) {
    const calls = Array.from({ length: 20 }, () => post(path, { 'x-key': 'wrong' }));
    (await Promise.all(calls)).forEach((status) => statuses.add(status));
  }
  expect(statuses).toEqual(new Set([401, 429]));
  expect(await post(path, { 'x-key': 's3cret' })).toBe(200);
});

it('says where all callers have one address, because a proxy is not trusted', async () => {
  const path = unique('proxied-');
  const { key } = await createWebhook(host.api, { path, dedupe: null });
  const asked = async (of: { key?: string } = {}) =>
    host.api.get<WebhookSettings>('webhookSettings:get', { with: 'sharedAddress', ...of });
  for (let i = 0; i < 25; i++) {
    expect(await post(path, { 'x-forwarded-for': `203.0.113.${i}` })).toBe(200);
  }
  const found = await waitFor('the warning', 10_000, async () => {
    const { sharedAddress } = await asked();
    return sharedAddress?.forwarded && sharedAddress;
  });
  expect(found).toMatchObject({ address: '127.0.0.1', forwarded: true });
  expect(await host.api.get<WebhookSettings>('webhookSettings:get')).not.toHaveProperty('sharedAddress');

  // Another webhook's callers have addresses of their own: that says nothing of this one's.
  const direct = unique('direct-');
  await createWebhook(host.api, { path: direct, dedupe: null });
  await new Promise((resolve, reject) => {
    const url = `${host.url}${host.apiPath}webhooks/${direct}`;
    request(url, { method: 'POST', localAddress: '127.0.0.2' }, resolve).once('error', reject).end();
  });
  await waitFor('no warning for all', 10_000, async () => (await asked()).sharedAddress === null);
  expect((await asked({ key })).sharedAddress).toMatchObject({ address: '127.0.0.1', forwarded: true });
});

import { request } from 'node:http';
import type { Host } from '../../../scripts/host';
import type { WebhookConfigInput } from '../../../src/common/config';
import type { WebhookSettings } from '../../../src/common/settings';
import { ownHost, sharedHost, unique } from '../../support/hosts';
import { exchange, head } from '../../support/rawHttp';
import { createWebhook } from '../../support/workflows';

const TOKEN: WebhookConfigInput['auth'] = { type: 'token', in: 'header', name: 'x-key', secrets: ['s3cret'] };
const KEY = { 'x-key': 's3cret' };

const post = (url: string, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', headers });
const statuses = async (count: number, call: () => Promise<Response>) => {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    found.push((await call()).status);
  }
  return found;
};

const postFrom = (localAddress: string, url: string) =>
  new Promise<number>((resolve, reject) => {
    request(url, { method: 'POST', localAddress }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('the rate of one webhook', () => {
  const host = sharedHost('postgres');

  it('is limited, and Retry-After is true', async () => {
    const path = unique('rate-');
    await createWebhook(host.api, { path, rateLimit: { points: 2, duration: 3 } });
    const url = host.webhook(path);
    expect(await statuses(2, () => post(url))).toEqual([200, 200]);
    const refused = await post(url);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({
      errors: [{ code: 'RATE_LIMITED', message: 'Too many requests; try again later.' }],
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(3);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000 + 50));
    expect((await post(url)).status).toBe(200);
  });

  it('is counted for each address by itself where it says so', async () => {
    const path = unique('rate-');
    await createWebhook(host.api, { path, rateLimit: { points: 1, duration: 60, per: 'address' } });
    const url = host.webhook(path);
    const calls: number[] = [];
    for (const localAddress of ['127.0.0.1', '127.0.0.1', '127.0.0.2', '127.0.0.2']) {
      calls.push(await postFrom(localAddress, url));
    }
    expect(calls).toEqual([200, 429, 200, 429]);
  });

  it('is not used up by who is not verified', async () => {
    const path = unique('rate-');
    await createWebhook(host.api, { path, auth: TOKEN, rateLimit: { points: 2, duration: 60 } });
    const url = host.webhook(path);
    expect(await statuses(5, () => post(url))).toEqual([401, 401, 401, 401, 401]);
    expect(await statuses(3, () => post(url, KEY))).toEqual([200, 200, 429]);
  });
});

describe('what one process takes on', () => {
  let host: Host;
  const url = (path: string) => `${host.url}${host.apiPath}webhooks/${path}`;

  beforeAll(async () => {
    host = await ownHost({
      dialect: 'postgres',
      env: {
        WEBHOOK_MAX_IN_FLIGHT: '3',
        WEBHOOK_MAX_BUFFERED_BYTES: '200000',
        WEBHOOK_MAX_FAILURES: '3',
        WEBHOOK_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8',
        REDIS_URL: 'redis://127.0.0.1:6379/9',
      },
    });
  }, 180_000);

  afterAll(() => host?.remove());

  it('takes the trusted proxies from the environment, and lets nobody change them', async () => {
    expect(await host.api.get<WebhookSettings>('webhookSettings:get')).toMatchObject({
      trustedProxies: ['loopback', '10.0.0.0/8'],
      sources: { trustedProxies: 'environment', publicUrl: 'default' },
    });
    await expect(host.api.action('webhookSettings:save', { trustedProxies: [] })).rejects.toThrow(
      'WEBHOOK_TRUSTED_PROXIES',
    );
  });

  it('counts rates in Redis where NocoBase has one', async () => {
    expect(await host.api.get<WebhookSettings>('webhookSettings:get')).toMatchObject({ rateLimitStore: 'redis' });
    const path = unique('rate-');
    await createWebhook(host.api, { path, rateLimit: { points: 2, duration: 600 } });
    expect(await statuses(3, () => post(url(path)))).toEqual([200, 200, 429]);
    // In this process's memory the count would be gone.
    await host.restart();
    expect((await post(url(path))).status).toBe(429);
  });

  it('turns away an address that failed too often, at that webhook, before its body is read', async () => {
    const [path, other] = [unique('failures-'), unique('failures-')];
    await createWebhook(host.api, { path, auth: TOKEN });
    await createWebhook(host.api, { path: other, auth: TOKEN });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect(await statuses(4, () => post(url(path), from('192.0.2.1')))).toEqual([401, 401, 401, 429]);
    const refused = await post(url(path), { ...from('192.0.2.1'), ...KEY });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    const unread = await exchange(
      url(path),
      head('POST', url(path), { ...from('192.0.2.1'), 'content-length': 1000 }),
      2500,
    );
    expect(unread.answers).toMatchObject([{ status: 429 }]);
    expect((await post(url(path), { ...from('192.0.2.2'), ...KEY })).status).toBe(200);
    expect((await post(url(other), { ...from('192.0.2.1'), ...KEY })).status).toBe(200);
  });

  it('refuses more requests at once than there is room for, and takes them again afterwards', async () => {
    const path = unique('flight-');
    await createWebhook(host.api, { path });
    const pending = Array.from({ length: 3 }, () =>
      exchange(url(path), [head('POST', url(path), { 'content-length': 2 }), 1500, '{}'], 1500),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const refused = await post(url(path));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'OVERLOADED' }] });
    const taken = await Promise.all(pending);
    expect(taken.map(({ answers }) => answers[0]?.status)).toEqual([200, 200, 200]);
    expect((await post(url(path))).status).toBe(200);
  });

  it('refuses more bytes at once than there is room for, packed ones included', async () => {
    const path = unique('bytes-');
    await createWebhook(host.api, { path });
    const half = 'x'.repeat(120_000);
    const pending = exchange(
      url(path),
      [head('POST', url(path), { 'content-length': 120_001 }), half, 1500, 'x'],
      1500,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await fetch(url(path), { method: 'POST', body: half })).status).toBe(503);
    expect((await pending).answers[0]?.status).toBe(200);
    expect((await fetch(url(path), { method: 'POST', body: half })).status).toBe(200);
  });

  it('gives the room back when an upload breaks off', async () => {
    const path = unique('abort-');
    await createWebhook(host.api, { path });
    for (let i = 0; i < 10; i++) {
      await exchange(
        url(path),
        [
          head('POST', url(path), { 'content-length': 100_000, 'x-forwarded-for': `192.0.2.${i}` }),
          'x'.repeat(50_000),
          50,
        ],
        0,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await Promise.all([1, 2, 3].map((i) => post(url(path), { 'x-forwarded-for': `192.0.3.${i}` })));
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

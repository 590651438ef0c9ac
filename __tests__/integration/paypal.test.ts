import { sign } from 'node:crypto';
import type { Host } from '../../scripts/host';
import type { WebhookConfigInput } from '../../src/common/config';
import { crc32 } from '../../src/server/verifiers/providers/crc32';
import { PAYPAL_CERTIFICATE, SIGNING_KEY } from '../support/certificates';
import { loggedDeliveries } from '../support/deliveries';
import { ownHost, unique } from '../support/hosts';
import { withChecksumOf } from '../support/sameChecksum';
import { DIALECTS } from '../support/shared';
import { TestInternet } from '../support/TestInternet';
import { createWebhook, finishedExecutions, listExecutions } from '../support/workflows';

jest.setTimeout(120_000);

const WEBHOOK_ID = '4JH86294D6297924G';
const CERTIFICATE_URL = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77';
const BODY = JSON.stringify({ id: 'WH-1', event_type: 'PAYMENT.SALE.COMPLETED', resource: { amount: '20.00' } });
/** Another event, under the same checksum. */
const FORGED = withChecksumOf(BODY, BODY.replace('20.00', '9920.00').replace('WH-1', 'WH-2'));

/** The headers with which PayPal sends a body. */
function transmission(body: string, id = unique('t-')): Record<string, string> {
  const time = new Date().toISOString();
  const content = `${id}|${time}|${WEBHOOK_ID}|${crc32(Buffer.from(body))}`;
  return {
    'content-type': 'application/json',
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': CERTIFICATE_URL,
    'paypal-transmission-sig': sign('sha256', Buffer.from(content), SIGNING_KEY).toString('base64'),
  };
}

it('has a body with the checksum of another', () => {
  expect(crc32(Buffer.from(FORGED))).toBe(crc32(Buffer.from(BODY)));
  expect(JSON.parse(FORGED)).toMatchObject({ resource: { amount: '9920.00' } });
});

describe.each(DIALECTS)('a transmission of PayPal on %s', (dialect) => {
  const internet = new TestInternet();
  let host: Host;

  beforeAll(async () => {
    host = await ownHost({ dialect, env: await internet.open() });
    internet.pages.set(CERTIFICATE_URL, PAYPAL_CERTIFICATE);
  }, 180_000);
  afterAll(async () => {
    await host?.remove();
    await internet.close();
  });

  async function webhook(config: WebhookConfigInput = {}) {
    const { key } = await createWebhook(host.api, {
      auth: { type: 'provider', provider: 'paypal', secrets: [WEBHOOK_ID] },
      ...config,
    });
    const send = async (body: string, headers: Record<string, string>) =>
      (await fetch(`${host.url}${host.apiPath}webhooks/${key}`, { method: 'POST', headers, body })).status;
    return { key, send };
  }

  it.each<[string, WebhookConfigInput]>([
    ['by the id of the event', {}],
    ['not at all', { dedupe: null }],
    ['by a header that anybody can write', { dedupe: { key: 'header:x-any', window: 3600 } }],
  ])('starts one run where repeats are told %s', async (_what, config) => {
    const { key, send } = await webhook(config);
    const headers = transmission(BODY);
    expect(await send(BODY, { ...headers, 'x-any': '1' })).toBe(200);
    await finishedExecutions(host.api, key);
    expect(await send(BODY, { ...headers, 'x-any': '2' })).toBe(200);
    expect(await send(FORGED, { ...headers, 'x-any': '3' })).toBe(401);
    expect(await listExecutions(host.api, key)).toHaveLength(1);
    // A transmission of its own starts one of its own.
    const other = BODY.replace('WH-1', 'WH-3');
    expect(await send(other, { ...transmission(other), 'x-any': '4' })).toBe(200);
    expect(await finishedExecutions(host.api, key, 2)).toHaveLength(2);
    const logged = await loggedDeliveries(host.api, key, 4);
    expect(logged.map(({ status }) => status).sort()).toEqual(['duplicate', 'rejected', 'succeeded', 'succeeded']);
  });

  it('is known after a restart', async () => {
    const { key, send } = await webhook({ dedupe: null });
    const headers = transmission(BODY);
    expect(await send(BODY, headers)).toBe(200);
    await finishedExecutions(host.api, key);
    await host.restart();
    expect(await send(BODY, headers)).toBe(200);
    expect(await send(FORGED, headers)).toBe(401);
    expect(await listExecutions(host.api, key)).toHaveLength(1);
  });

  it('starts one run where it comes several times at once and repeats are not told', async () => {
    const { key, send } = await webhook({ dedupe: null });
    const headers = transmission(BODY);
    const statuses = await Promise.all(Array.from({ length: 5 }, () => send(BODY, headers)));
    expect(statuses).toContain(200);
    expect(statuses.every((status) => [200, 503].includes(status))).toBe(true);
    await finishedExecutions(host.api, key);
    expect(await listExecutions(host.api, key)).toHaveLength(1);
  });

  it('is taken when it is sent again after it was refused', async () => {
    const { key, send } = await webhook({ dedupe: null, rateLimit: { points: 1, duration: 2 } });
    const first = BODY.replace('WH-1', 'WH-4');
    const [headers, other] = [transmission(BODY), transmission(first)];
    expect(await send(first, other)).toBe(200);
    const statuses = [await send(BODY, headers)];
    while (statuses.at(-1) === 429) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      statuses.push(await send(BODY, headers));
    }
    expect(statuses[0]).toBe(429);
    expect(statuses.at(-1)).toBe(200);
    expect(await finishedExecutions(host.api, key, 2)).toHaveLength(2);
  });
});

import type { WebhookAuth } from '../../../src/common/auth';
import type { Services } from '../../../src/server/pipeline/stage';
import type { WithEvent } from '../../../src/server/pipeline/types';
import { dedupe } from '../../../src/server/pipeline/dedupe';

const DAY = 86_400;

/** Seconds for which a repeat of a delivery is known as one. */
async function windowOf(auth: WebhookAuth, setting = { key: '', window: DAY }): Promise<number> {
  const delivery = {
    endpoint: { key: 'k', config: { auth, dedupe: setting }, variables: [] },
    method: 'POST',
    url: '/',
    search: '',
    headers: { 'x-id': '1' },
    query: {},
    params: {},
    data: {},
    rawBody: Buffer.alloc(0),
    uploads: [],
    verification: { ok: true, secretName: null, deliveryId: 'id' },
  } as unknown as WithEvent;
  const deduped = (await dedupe(delivery, {} as Services)) as { dedupe?: { windowMs: number } | null };
  return (deduped.dedupe?.windowMs ?? NaN) / 1_000;
}
const provider = (id: string, tolerance?: number): WebhookAuth => ({
  type: 'provider',
  provider: id,
  secrets: [],
  ...(tolerance !== undefined && { tolerance }),
});

test.each<[string, WebhookAuth, number]>([
  ['PayPal, for as long as its time is taken, which may lie ahead', provider('paypal'), 6 * DAY],
  ['Alipay too', provider('alipay'), 180_000],
  ['by the tolerance that the maker set', provider('paypal', 100), DAY],
  ['one that is good for less than the window', provider('stripe'), DAY],
  ['one that signs no time', provider('github'), DAY],
  [
    'a custom signature',
    { type: 'signature', sig: { from: 'header:s' }, ts: { from: 'header:t', tol: 2 * DAY }, secrets: [] },
    4 * DAY,
  ],
  ['where nothing verifies the sender', { type: 'none' }, DAY],
])('a delivery id is remembered: %s', async (_what, auth, seconds) => {
  expect(await windowOf(auth)).toBe(seconds);
});

test('a key of the maker’s own is remembered for as long as the maker says', async () => {
  expect(await windowOf(provider('paypal'), { key: 'header:x-id', window: 60 })).toBe(60);
});

import { createHmac } from 'node:crypto';
import { sharedHost } from '../support/hosts';
import { hmac, SECRET, signedCall } from '../support/timedCalls';
import { createWebhook, finishedExecutions, listExecutions, waitFor } from '../support/workflows';
import { CATALOGUE_FACTS } from '../unit/verifiers/engine/vectors/catalogue';
import { CHALLENGES as OLDER } from '../unit/verifiers/engine/vectors/challenges';
import type { Challenge, Vector, VectorRequest } from '../unit/verifiers/engine/vectors/types';

// Calls in the form that each service documents, signed by other means than ours, through the front door.

const host = sharedHost('postgres');
const { api } = host;

/** Neither a URL nor a time is signed, so that they may come here and now. */
const CALLS = [
  'authorize-net',
  'braintree',
  'ecpay',
  'gocardless',
  'heroku',
  'kuaidi100',
  'line',
  'midtrans-payouts',
  'mollie',
  'paystack',
  'razorpay',
  'surveymonkey',
  'tally',
  'travis-ci',
  'woocommerce',
];
const CHALLENGES = [
  'asana',
  'azure-event-grid',
  'bitbucket-server',
  'dropbox',
  'figma',
  'line',
  'monday',
  'surveymonkey',
  'trello',
  'verifone-2checkout',
  'wise',
  'woocommerce',
];

interface Logged {
  status: string;
  reason: string | null;
  dedupeKey: string | null;
}

const factsOf = (id: string) => {
  const facts = CATALOGUE_FACTS.find(({ provider }) => provider === id);
  if (!facts) {
    throw new Error(`nothing is known of ${id}`);
  }
  return facts;
};

const vectorOf = (id: string): Omit<Vector, 'provider'> => {
  const [vector] = factsOf(id).vectors;
  if (!vector || vector.tolerance !== undefined || vector.request.url !== undefined) {
    throw new Error(`${id} signs a URL or a time`);
  }
  return vector;
};

function send(key: string, { method = 'POST', url, headers, body }: VectorRequest): Promise<Response> {
  return fetch(`${host.webhook(key)}${url ? new URL(url, host.webhook(key)).search : ''}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  });
}

const logged = (key: string, count: number) =>
  waitFor(`${count} deliveries of ${key}`, 20_000, async () => {
    const found = await api.get<Logged[]>('webhookDeliveries:list', { filter: JSON.stringify({ key }), sort: 'id' });
    const ended = found.filter(({ status }) => !['received', 'started'].includes(status));
    return ended.length >= count && ended;
  });

it.each(CALLS)('%s: a call in its documented form starts a run; with another secret it starts none', async (id) => {
  const { secret, otherSecret, options = {}, request, reply } = vectorOf(id);
  const create = (one: typeof secret) =>
    createWebhook(api, { auth: { type: 'provider', provider: id, secrets: [one], options } });

  const { key } = await create(secret);
  const answer = await send(key, request);
  expect(answer.status).toBe(reply?.status ?? 200);
  if (reply?.body !== undefined) {
    expect(await answer.text()).toBe(reply.body);
  }
  const [execution] = await finishedExecutions(api, key);
  expect(execution?.context).toMatchObject({ provider: id, data: expect.anything() });
  expect(await logged(key, 1)).toMatchObject([{ status: 'succeeded' }]);

  const other = await create(otherSecret);
  expect((await send(other.key, request)).status).toBe(401);
  expect(await logged(other.key, 1)).toMatchObject([
    { status: 'rejected', reason: expect.stringMatching(/^UNVERIFIED/) },
  ]);
  expect(await listExecutions(api, other.key)).toEqual([]);
});

it('verifone-2checkout: each call gets a receipt that is signed with the time of its answer', async () => {
  const { secret, request } = vectorOf('verifone-2checkout');
  const { key } = await createWebhook(api, {
    auth: { type: 'provider', provider: 'verifone-2checkout', secrets: [secret] },
  });
  for (const _call of ['first', 'repeat']) {
    const text = await (await send(key, request)).text();
    const [, date = '', hash] = /^<sig algo="sha256" date="(\d{14})">([0-9a-f]{64})<\/sig>$/.exec(text) ?? [];
    const signed = createHmac('sha256', String(secret)).update(`1116Software program142023111422131914${date}`);
    expect(hash).toBe(signed.digest('hex'));
    const at = Date.parse(date.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));
    expect(Math.abs(Date.now() - at)).toBeLessThan(60_000);
  }
  expect(await logged(key, 2)).toMatchObject([{ status: 'succeeded' }, { status: 'duplicate' }]);
  expect(await finishedExecutions(api, key)).toMatchObject([
    { context: { data: { IPN_PID: ['1', '2'], FIRSTNAME: 'Zöe', REFNOEXT: null } } },
  ]);
});

const challenges = CHALLENGES.flatMap((id) =>
  (factsOf(id).challenges ?? []).map((challenge) => [challenge.name, id, challenge] as const),
);
const pings = OLDER.filter(({ provider }) => ['github', 'pagerduty'].includes(provider)).map(
  (challenge) => [challenge.name, challenge.provider, challenge] as const,
);

it.each<readonly [string, string, Omit<Challenge, 'provider'>]>([...challenges, ...pings])(
  'answers %s, and starts nothing',
  async (_name, id, { secrets, options = {}, request, reply }) => {
    const { key } = await createWebhook(api, { auth: { type: 'provider', provider: id, secrets, options } });
    const answer = await send(key, request);
    expect(answer.status).toBe(reply.status);
    if (reply.body !== undefined && request.method !== 'HEAD') {
      expect(await answer.text()).toBe(reply.body);
    }
    for (const [name, value] of Object.entries(reply.headers ?? {})) {
      expect(answer.headers.get(name)).toBe(value);
    }
    expect(await logged(key, 1)).toMatchObject([{ status: 'ignored', reason: `handshake: ${reply.kind}` }]);
    expect(await listExecutions(api, key)).toEqual([]);
  },
);

const sync = { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id: 'i' };
const declined = { event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' };
const status = (of: string) => ({ message_uuid: 'm', status: of, timestamp: '2023-11-14T22:13:20.000Z' });
const item = (triggerType: string, lastUpdated: string) => ({ triggerType, payload: { id: 'i', lastUpdated } });
const dropbox = { list_folder: { accounts: ['dbid:1'] }, delta: { users: [12345678] } };
const space = { event: 'spaceUpdated', space_id: '1', webhook_id: 'w' };
const charge = (timestamp: number) => ({ webhook_id: 'wbk_1', timestamp, type: 'charge.completed', data: { id: 'c' } });

/** Bodies, each with its age in seconds; how many runs they are. */
const SERIES: [provider: string, calls: [body: object, age: number][], runs: number][] = [
  [
    'dropbox',
    [
      [dropbox, 0],
      [dropbox, 0],
      [dropbox, 0],
    ],
    3,
  ],
  [
    'clickup',
    [
      [space, 0],
      [space, 0],
    ],
    2,
  ],
  [
    'plaid',
    [
      [sync, 9],
      [sync, 0],
    ],
    2,
  ],
  [
    'plaid',
    [
      [sync, 9],
      [sync, 9],
    ],
    1,
  ],
  [
    'revolut',
    [
      [declined, 9],
      [declined, 0],
    ],
    2,
  ],
  [
    'grafana',
    [
      [{ status: 'firing' }, 200],
      [{ status: 'firing' }, 0],
    ],
    2,
  ],
  [
    'vonage',
    [
      [status('submitted'), 2],
      [status('delivered'), 1],
      [status('read'), 0],
      [status('read'), 0],
    ],
    3,
  ],
  [
    'webflow',
    [
      [item('collection_item_created', '1'), 2],
      [item('collection_item_changed', '2'), 1],
      [item('collection_item_changed', '3'), 0],
    ],
    3,
  ],
  [
    'netlify',
    [
      [{ id: 'd', state: 'building', updated_at: '1' }, 0],
      [{ id: 'd', state: 'ready', updated_at: '2' }, 0],
    ],
    2,
  ],
  [
    'zendesk',
    [
      [{ id: '35436', status: 'open' }, 3],
      [{ id: '35436', status: 'solved' }, 0],
    ],
    2,
  ],
  [
    'flutterwave-v4',
    [
      [charge(1), 0],
      [charge(2), 0],
      [charge(2), 0],
    ],
    2,
  ],
  [
    'zoom',
    [
      [{ event: 'a', event_ts: 1 }, 250],
      [{ event: 'a', event_ts: 1 }, 0],
    ],
    1,
  ],
];

it.each(SERIES)('%s: each event starts a run, and what is sent again starts none (%#)', async (id, calls, runs) => {
  // Of this test, not of the file: those before it may have taken longer than a time may be off.
  const now = Math.floor(Date.now() / 1000);
  const signed = calls.map(([body, age]) => signedCall(id, body, now - age));
  const { key } = await createWebhook(api, {
    auth: { type: 'provider', provider: id, secrets: [signed[0]?.secret ?? SECRET] },
  });
  for (const request of signed) {
    expect((await send(key, request)).status).toBe(200);
  }
  const ended = await logged(key, calls.length);
  expect(ended.filter((delivery) => delivery.status === 'duplicate')).toHaveLength(calls.length - runs);
  expect(await finishedExecutions(api, key, runs)).toHaveLength(runs);
});

/** One signature, and bodies that it is good for, or not: the same text, written in other ways. */
const FORMS: [provider: string, sign: (url: string) => Record<string, string>, taken: string[], refused: string[]][] = [
  [
    'mandrill',
    (url) => ({ 'x-mandrill-signature': hmac(`${url}mandrill_events[{"_id":"a"}]`, 'base64', 'sha1') }),
    [
      'mandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D',
      'mandrill_events=%5b%7b%22_id%22%3a%22a%22%7d%5d',
      'mandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D&',
      '%6dandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D',
      'mandrill_event=s%5B%7B%22_id%22%3A%22a%22%7D%5D',
    ],
    [
      'mandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D&mandrill_events=%5B%7B%22_id%22%3A%22a%22%7D%5D',
      '=mandrill_events%5B%7B%22_id%22%3A%22a%22%7D%5D',
    ],
  ],
  [
    'plivo',
    (url) => ({
      'x-plivo-signature-v3-nonce': '12345',
      'x-plivo-signature-v3': hmac(`${url}?CallUUIDabcEventHangup.12345`, 'base64'),
    }),
    [
      'CallUUID=abc&Event=Hangup',
      'CallUUID=abc&Event=Hangup',
      'Event=Hangup&CallUUID=abc',
      'CallUUID=abc&Event=Hangu%70',
      'CallUUID=ab&cEvent=Hangup',
    ],
    ['CallUUID=abc&CallUUID=abc&Event=Hangup'],
  ],
];

it.each(FORMS)('%s: one signed form is one run, however it is encoded', async (id, sign, taken, refused) => {
  const { key } = await createWebhook(api, { auth: { type: 'provider', provider: id, secrets: [SECRET] } });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sign(host.webhook(key)) };
  for (const body of taken) {
    expect((await send(key, { headers, body })).status).toBe(200);
  }
  for (const body of refused) {
    expect((await send(key, { headers, body })).status).toBe(401);
  }
  expect((await logged(key, taken.length + refused.length)).map((delivery) => delivery.status).sort()).toEqual([
    ...taken.slice(1).map(() => 'duplicate'),
    ...refused.map(() => 'rejected'),
    'succeeded',
  ]);
  expect(await finishedExecutions(api, key)).toHaveLength(1);
});

it('mercado-pago: what is not there is left out of the signed text', async () => {
  const now = Math.floor(Date.now() / 1000);
  const { key } = await createWebhook(api, { auth: { type: 'provider', provider: 'mercado-pago', secrets: [SECRET] } });
  const headers = {
    'content-type': 'application/json',
    'x-request-id': 'r2',
    'x-signature': `ts=${now},v1=${hmac(`request-id:r2;ts:${now};`)}`,
  };
  const body = '{"resource":"1","topic":"payment"}';
  expect((await send(key, { headers, body })).status).toBe(200);
  expect((await send(key, { headers, body, url: '?data.id=2' })).status).toBe(401);
  expect(await finishedExecutions(api, key)).toHaveLength(1);
});

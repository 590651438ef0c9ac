import { sharedHost } from '../support/hosts';
import { createWebhook, finishedExecutions, listExecutions, waitFor } from '../support/workflows';
import { CATALOGUE_FACTS } from '../unit/verifiers/engine/vectors/catalogue';
import type { Challenge, Vector, VectorRequest } from '../unit/verifiers/engine/vectors/types';

// Calls in the form that each service documents, signed by other means than ours, through the front door.

const host = sharedHost('postgres');
const { api } = host;

/** Neither a URL nor a time is signed, so that they may come here and now. */
const CALLS = [
  'authorize-net',
  'braintree',
  'gocardless',
  'heroku',
  'kuaidi100',
  'line',
  'mollie',
  'paystack',
  'razorpay',
  'surveymonkey',
  'tally',
  'woocommerce',
];
const CHALLENGES = ['asana', 'dropbox', 'figma', 'monday', 'surveymonkey', 'trello', 'woocommerce'];

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

const challenges = CHALLENGES.flatMap((id) =>
  (factsOf(id).challenges ?? []).map((challenge) => [challenge.name, id, challenge] as const),
);

it.each<readonly [string, string, Omit<Challenge, 'provider'>]>(challenges)(
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

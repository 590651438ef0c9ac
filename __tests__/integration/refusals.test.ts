import type { ProviderAuth, WebhookAuth } from '../../src/common/auth';
import { loggedDeliveries } from '../support/deliveries';
import { sharedHost } from '../support/hosts';
import { exchange, head } from '../support/rawHttp';
import { hmacHex, JSON_TYPE, seconds, slackHeaders } from '../support/providerSigning';
import { createWebhook, finishedExecutions, listExecutions } from '../support/workflows';

const host = sharedHost('postgres');
const { api } = host;

const BODY = '{"id": 1, "name": "Zoë"}';
const github = (body: string, secret = 'right', delivery = 'd-1'): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${hmacHex(secret, body)}`,
  'x-github-delivery': delivery,
});

interface Attempt {
  provider: string;
  options?: ProviderAuth['options'];
  headers: Record<string, string>;
  body?: string;
  reason: string | RegExp;
}

const ATTEMPTS: [string, () => Attempt][] = [
  [
    'signed with another secret',
    () => ({
      provider: 'github',
      headers: github(BODY, 'wrong'),
      reason: 'The signature does not match: signed with another secret, or changed on its way.',
    }),
  ],
  [
    'a body that was written anew',
    () => ({
      provider: 'github',
      headers: github(BODY),
      body: JSON.stringify(JSON.parse(BODY)),
      // Spaces after colons and commas: the signed text can be made again out of what came.
      reason: 'The body was changed on its way: its JSON was re-serialised.',
    }),
  ],
  [
    'a line break that was added',
    () => ({
      provider: 'github',
      headers: github(BODY),
      body: `${BODY}\n`,
      reason: 'The body was changed on its way: line breaks were added or removed.',
    }),
  ],
  [
    'a clock that is behind',
    () => ({
      provider: 'slack',
      headers: slackHeaders('right', BODY, seconds() - 412),
      reason: /^The signed time is 41[23] s ago; 300 s are allowed\.$/,
    }),
  ],
  [
    'a clock that is ahead',
    () => ({
      provider: 'slack',
      headers: slackHeaders('right', BODY, seconds() + 412),
      reason: /^The signed time is 41[12] s ahead; 300 s are allowed\.$/,
    }),
  ],
  [
    'a header that is missing',
    () => ({
      provider: 'stripe',
      headers: {},
      reason: 'The header "stripe-signature" is missing, where the signature would be.',
    }),
  ],
  [
    "another provider's signature",
    () => ({
      provider: 'intercom',
      headers: { 'x-hub-signature': `sha256=${hmacHex('right', BODY)}` },
      reason: /^The header "x-hub-signature" holds no signature as this scheme has it \(sha1=…\)/,
    }),
  ],
  [
    'a token that is none of these',
    () => ({
      provider: 'gitlab',
      headers: { 'x-gitlab-token': 'guess' },
      reason: 'The token is not one that is set here.',
    }),
  ],
];

describe('the log says why a call was refused, and the caller learns nothing of it', () => {
  it.each(ATTEMPTS)('%s', async (_what, make) => {
    const { provider, options, headers, body = BODY, reason } = make();
    const auth: ProviderAuth = { type: 'provider', provider, secrets: ['right'], ...(options && { options }) };
    const { key } = await createWebhook(api, { auth });
    const answer = await fetch(host.webhook(key), { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      errors: [{ code: 'UNVERIFIED', message: 'The request could not be verified.' }],
    });
    const [delivery] = await loggedDeliveries(api, key, 1);
    expect(delivery).toMatchObject({ status: 'rejected', secretName: null });
    const logged = delivery?.reason;
    expect(logged).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
    expect(await listExecutions(api, key)).toEqual([]);
  });
});

describe('a header that is there twice proves nothing', () => {
  const basic = `Basic ${Buffer.from('u:right').toString('base64')}`;
  const WAYS: [string, WebhookAuth, string, string][] = [
    ['basic', { type: 'basic', username: 'u', passwords: ['right'] }, 'Authorization', basic],
    [
      'a token',
      { type: 'token', in: 'header', name: 'authorization', scheme: 'Bearer', secrets: ['right'] },
      'authorization',
      'Bearer right',
    ],
    ['a token of its own name', { type: 'token', in: 'header', name: 'x-key', secrets: ['right'] }, 'X-Key', 'right'],
    [
      'a signature',
      { type: 'provider', provider: 'github', secrets: ['right'] },
      'X-Hub-Signature-256',
      `sha256=${hmacHex('right', BODY)}`,
    ],
  ];
  it.each(WAYS)('%s', async (_way, auth, name, value) => {
    const { key } = await createWebhook(api, { auth });
    const url = host.webhook(key);
    const bytes = Buffer.from(BODY);
    const once = head('POST', url, {
      'content-type': 'application/json',
      'content-length': bytes.length,
      [name]: value,
    });
    const twice = once.replace(/\r\n\r\n$/, `\r\n${name}: ${value}\r\n\r\n`);
    const other = once.replace(/\r\n\r\n$/, `\r\n${name.toLowerCase()}: another\r\n\r\n`);
    for (const [request, status] of [
      [twice, 401],
      [other, 401],
      [once, 200],
    ] as const) {
      const { answers } = await exchange(url, [request, bytes]);
      expect(answers.map((answer) => answer.status)).toEqual([status]);
    }
    const reasons = (await loggedDeliveries(api, key, 3)).map(({ reason }) => reason ?? '');
    expect(reasons.filter((reason) => reason !== '')).toHaveLength(2);
    expect(await finishedExecutions(api, key)).toHaveLength(1);
  });
});

describe('where no time is signed, the delivery id guards', () => {
  const auth: ProviderAuth = { type: 'provider', provider: 'github', secrets: ['right'] };
  const send = async (key: string, id: string): Promise<[number, string]> => {
    const headers = { ...JSON_TYPE, ...github(BODY, 'right', id) };
    const answer = await fetch(host.webhook(key), { method: 'POST', body: BODY, headers });
    return [answer.status, await answer.text()];
  };

  it('a delivery that is sent again is answered like the first and starts nothing', async () => {
    const response = { body: '{"taken": "{{$context.deliveryId}}"}' };
    const { key } = await createWebhook(api, { auth, response });
    const first = await send(key, 'd-1');
    expect(first[0]).toBe(200);
    const many = await Promise.all(Array.from({ length: 5 }, () => send(key, 'd-1')));
    expect(many).toEqual(Array(5).fill(first));
    expect((await send(key, 'd-2'))[1]).not.toBe(first[1]);

    const executions = await finishedExecutions(api, key, 2);
    expect(executions).toHaveLength(2);
    const deliveries = await loggedDeliveries(api, key, 7);
    expect(deliveries.map(({ status, dedupeKey }) => `${status} ${dedupeKey}`).sort()).toEqual([
      ...Array<string>(5).fill('duplicate d-1'),
      'succeeded d-1',
      'succeeded d-2',
    ]);
  });

  it('and does not, where the maker has switched it off', async () => {
    const { key } = await createWebhook(api, { auth, dedupe: null });
    await send(key, 'd-1');
    await send(key, 'd-1');
    expect(await finishedExecutions(api, key, 2)).toHaveLength(2);
  });
});

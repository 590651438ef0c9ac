import type { WebhookConfigInput } from '../../src/common/config';
import type { DeliveryDetail, DeliverySummary, EndpointSummary } from '../../src/common/deliveriesApi';
import { onEveryDatabase, type TestHost } from '../support/hosts';
import { JSON_TYPE, slackHeaders } from '../support/providerSigning';
import { exchange, head } from '../support/rawHttp';
import { createWebhook, finishedExecutions, waitFor } from '../support/workflows';
import { told } from '../support/reasons';

jest.setTimeout(120_000);

const NUL = '\ufffd';
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = { type: 'token' as const, in: 'query' as const, name: 'token', secrets: ['right-and-long-enough'] };

onEveryDatabase('the log of what started nothing', (host: TestHost) => {
  const { api } = host;

  const list = (key: string, count: number) =>
    waitFor(`${count} deliveries of ${key}`, 30_000, async () => {
      const filter = JSON.stringify({ key });
      const rows = await api
        .get<DeliverySummary[]>('webhookDeliveries:list', { filter, sort: 'id', pageSize: 200 })
        .then(told);
      return rows.length >= count && rows.every(({ finishedAt }) => finishedAt !== null) ? rows : null;
    });

  const only = async (key: string) => {
    const [row] = await list(key, 1);
    const [delivery] = told([await api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: row!.id })]);
    return delivery!;
  };

  const post = (path: string, body = '{}', headers: Record<string, string> = {}) =>
    fetch(host.webhook(path), { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });

  describe('takes whatever a stranger writes into it', () => {
    const arn = `arn:aws:sns:us-east-1:123456789012:\0${'x'.repeat(70_000)}`;
    const WAYS: [string, WebhookConfigInput, string, Record<string, string>, RegExp][] = [
      [
        'the algorithm of a token',
        { auth: { type: 'jwt', algorithms: ['HS256'], secrets: ['s'] } },
        '{}',
        { authorization: `Bearer ${base64url({ alg: 'a\0\ud800' })}.e30.c2ln` },
        new RegExp(`^The token's algorithm "a${NUL}${NUL}" is not`),
      ],
      [
        'the topic of a message',
        {
          auth: {
            type: 'provider',
            provider: 'aws-sns',
            secrets: [],
            options: { topicArn: 'arn:aws:sns:us-east-1:123456789012:mine' },
          },
        },
        JSON.stringify({ Type: 'Notification', TopicArn: arn, Message: 'm', MessageId: '1' }),
        {},
        /^The message is for "arn:/,
      ],
      [
        'a name in a body that doesn’t fit the schema',
        { body: { schema: { additionalProperties: { type: 'string' } } } },
        JSON.stringify({ [`\ud83d\0${'ü'.repeat(70_000)}`]: 1 }),
        {},
        new RegExp(`^INVALID_DATA: /data/${NUL}${NUL}ü+…?`, 's'),
      ],
    ];
    it.each(WAYS)('%s', async (_what, config, body, headers, reason) => {
      const [hostile, innocent] = [await createWebhook(api, config), await createWebhook(api, { auth: token })];
      // Written down together.
      const answers = await Promise.all([
        ...Array.from({ length: 5 }, () => post(innocent.key)),
        post(hostile.key, body, headers),
        ...Array.from({ length: 5 }, () => post(innocent.key)),
      ]);
      expect(answers.every(({ status }) => status === 401 || status === 422)).toBe(true);
      expect((await only(hostile.key)).reason).toMatch(reason);
      expect(await list(innocent.key, 10)).toHaveLength(10);
    });

    it('a parameter in the path', async () => {
      const path = `audit/${Math.random().toString(36).slice(2)}`;
      const { key } = await createWebhook(api, { auth: token, path: `${path}/:id` });
      expect((await post(`${path}/a%00b`)).status).toBe(401);
      expect(await only(key)).toMatchObject({ params: { id: `a${NUL}b` } });
    });
  });

  it('a verified delivery is stored whatever its provider calls it', async () => {
    const { key } = await createWebhook(api, { auth: { type: 'provider', provider: 'slack', secrets: ['right'] } });
    const bodies = ['Ev\0', 'Ev\ud800', 'Ev\ufffd'].map((id) => JSON.stringify({ event_id: id, text: 'a\0' }));
    for (const body of [...bodies, ...bodies]) {
      expect((await post(key, body, slackHeaders('right', body))).status).toBe(200);
    }
    // Three ids, though they look alike in the log.
    expect(await finishedExecutions(api, key, 3)).toHaveLength(3);
    const rows = await list(key, 6);
    expect(rows.map(({ status }) => status).sort()).toEqual([
      ...Array<string>(3).fill('duplicate'),
      ...Array<string>(3).fill('succeeded'),
    ]);
    expect(new Set(rows.map(({ dedupeKey }) => dedupeKey))).toEqual(new Set([`Ev${NUL}`]));
  });

  describe('of a caller who isn’t verified', () => {
    const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

    it('keeps a bounded part, without what may be a credential', async () => {
      const { key } = await createWebhook(api, { auth: { ...token, in: 'header', name: 'x-key' } });
      const headers = Object.fromEntries(Array.from({ length: 12 }, (_none, n) => [`x-junk-${n}`, 'j"é'.repeat(300)]));
      const url = host.webhook(
        `${key}?event=push&x_key=right-and-long-enough&${'q=%00&'.repeat(100)}${'z'.repeat(3_000)}=1`,
      );
      const request = head('POST', url, { 'content-length': 2, 'x-kind': 'mine', ...headers });
      const { answers } = await exchange(url, [Buffer.from(request, 'latin1'), '{}']);
      expect(answers.map(({ status }) => status)).toEqual([401]);
      const row = await only(key);
      expect(row).toMatchObject({
        headers: { 'x-kind': 'mine' },
        query: { event: 'push', x_key: '[redacted]' },
        body: null,
      });
      expect(bytes(row.headers)).toBeGreaterThan(3_000);
      expect(bytes(row.headers)).toBeLessThanOrEqual(4_096);
      expect(bytes(row.query)).toBeLessThanOrEqual(2_048);
      expect(JSON.stringify(row)).not.toContain('right-and-long-enough');
    });

    it('keeps no long path', async () => {
      const path = `audit/${Math.random().toString(36).slice(2)}`;
      const { key } = await createWebhook(api, { auth: token, path: `${path}/:id` });
      expect((await post(`${path}/${'x'.repeat(8_000)}?token=wrong`)).status).toBe(401);
      const row = await only(key);
      expect(row.path.length).toBeLessThanOrEqual(1_024);
      expect(bytes(row.params)).toBeLessThanOrEqual(1_024);
      expect(row.query).toEqual({ token: '[redacted]' });
    });

    it('keeps as much where nothing verifies anybody, and no large body of what it refuses', async () => {
      const { key } = await createWebhook(api, { body: { schema: { type: 'array' } } });
      const junk = { 'x-junk': 'j'.repeat(8_000) };
      expect((await post(key, JSON.stringify({ small: 1 }), junk)).status).toBe(422);
      expect((await post(key, JSON.stringify({ large: 'l'.repeat(100_000) }), junk)).status).toBe(422);
      const rows = await list(key, 2);
      const [small, large] = await Promise.all(
        rows.map(({ id }) => api.get<DeliveryDetail>('webhookDeliveries:get', { filterByTk: id })),
      );
      expect([small?.body, large?.body]).toEqual(['{"small":1}', null]);
      expect(bytes(small?.headers)).toBeLessThanOrEqual(4_096);
    });
  });

  it('counts those who are turned away for calling too often, and says so', async () => {
    const { key } = await createWebhook(api, { rateLimit: { points: 2, duration: 600 } });
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      statuses.push((await post(key, JSON.stringify({ n }))).status);
    }
    expect(statuses).toEqual([200, 200, 429, 429, 429, 429]);
    const refused = await createWebhook(api, { auth: token });
    expect((await post(refused.key)).status).toBe(401);
    // Written behind the others, had they been written.
    await list(refused.key, 1);
    expect((await list(key, 2)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    const rows = await api.get<EndpointSummary[]>('webhookEndpoints:list', { key });
    expect(rows).toMatchObject([{ key, notRecorded: 4 }]);
  });

  it('has room for one webhook’s calls while another one is flooded', async () => {
    const [flooded, quiet] = [await createWebhook(api, { auth: token }), await createWebhook(api, { auth: token })];
    await Promise.all(Array.from({ length: 280 }, () => post(flooded.key)));
    expect((await post(quiet.key)).status).toBe(401);
    expect(await list(quiet.key, 1)).toHaveLength(1);
    const rows = await api.get<EndpointSummary[]>('webhookEndpoints:list', { key: quiet.key });
    expect(rows).toMatchObject([{ notRecorded: 0 }]);
  });
});

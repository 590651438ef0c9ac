import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { WebhookConfigInput } from '../../src/common/config';
import type { DeliverySummary } from '../../src/common/deliveriesApi';
import { onEveryDatabase, unique, type TestHost } from '../support/hosts';
import { hmacHex, JSON_TYPE, slackHeaders } from '../support/providerSigning';
import { createWebhook, finishedExecutions, listExecutions, waitFor } from '../support/workflows';
import { told } from '../support/reasons';

jest.setTimeout(120_000);

const TOKEN = { 'x-token': 'right' };
const token = { type: 'token' as const, in: 'header' as const, name: 'x-token', secrets: ['right'] };
const response = { headers: [{ name: 'x-first', value: 'yes' }], body: '{"was": "{{$context.deliveryId}}"}' };

interface Answered {
  status: number;
  text: string;
  first: string | null;
}

const REUSED = JSON.stringify({
  errors: [{ code: 'IDEMPOTENCY_KEY_REUSED', message: 'This key came before with another body.' }],
});

onEveryDatabase('a call that comes again', (host: TestHost) => {
  const { api } = host;

  const send = async (key: string, body: RequestInit['body'], headers: object = {}, query = ''): Promise<Answered> => {
    const init = { method: 'POST', body, headers: { ...JSON_TYPE, ...TOKEN, ...headers } };
    const answer = await fetch(`${host.webhook(key)}${query}`, init);
    return { status: answer.status, text: await answer.text(), first: answer.headers.get('x-first') };
  };

  const form = (key: string, parts: Record<string, string | Blob>, headers: object = {}): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(parts)) {
      body.append(name, value);
    }
    return fetch(host.webhook(key), { method: 'POST', body, headers: { ...TOKEN, ...headers } });
  };

  const logged = (key: string, count: number) =>
    waitFor(`${count} deliveries`, 30_000, async () => {
      const rows = await api
        .get<DeliverySummary[]>('webhookDeliveries:list', {
          filter: JSON.stringify({ key }),
          fields: 'status,reasonCode,reasonValues,dedupeKey,finishedAt',
          sort: 'id',
        })
        .then(told);
      return rows.length >= count && rows.every(({ finishedAt }) => finishedAt !== null) ? rows : null;
    });

  /** What a caller who waited was answered is written down behind it. */
  const answerKept = (key: string) =>
    waitFor('the first answer', 20_000, async () => {
      const filter = JSON.stringify({ key, status: 'succeeded' });
      const [row] = await api.get<DeliverySummary[]>('webhookDeliveries:list', { filter }).then(told);
      return row?.responseStatus;
    });

  const webhook = (dedupeKey: string, config: WebhookConfigInput = {}, sync = false) =>
    createWebhook(api, { auth: token, response, dedupe: { key: dedupeKey, window: 60 }, ...config }, { sync });

  const ownKeys: [string, object, string][] = [
    ['header:Idempotency-Key', { 'idempotency-key': '"k-1"' }, ''],
    ['query:attempt[of]', {}, '?attempt[of]=k-1'],
  ];
  for (const sync of [false, true]) {
    it.each(ownKeys)(
      `${sync ? 'sync' : 'async'}: under the sender’s own key %s it is refused with another body`,
      async (source, headers, query) => {
        const { key } = await webhook(source, {}, sync);
        const first = await send(key, '{"a":1}', headers, query);
        expect(first).toMatchObject({ status: 200, first: 'yes' });
        await answerKept(key);
        expect(await send(key, '{"a":2}', headers, query)).toEqual({ status: 409, text: REUSED, first: null });
        expect(await send(key, '{"a":1}', headers, query)).toEqual(first);
        expect(await send(key, '{"a":1} ', headers, query)).toMatchObject({ status: 409 });
        expect(await finishedExecutions(api, key)).toHaveLength(1);
        const rows = await logged(key, 4);
        expect(rows.map(({ status }) => status).sort()).toEqual(['duplicate', 'rejected', 'rejected', 'succeeded']);
        expect(rows.find(({ status }) => status === 'rejected')?.reason).toMatch(
          /^[0-9a-f-]{36} came with the same key and another body\.$/,
        );
        expect(new Set(rows.map(({ dedupeKey }) => dedupeKey)).size).toBe(1);
      },
    );
  }

  it('is the same however it was packed on its way', async () => {
    const { key } = await webhook('header:x-id');
    const first = await send(key, '{"a":1}', { 'x-id': '1' });
    const packed = { 'x-id': '1', 'content-encoding': 'gzip' };
    expect(await send(key, gzipSync('{"a":1}'), packed)).toEqual(first);
    expect(await send(key, gzipSync('{"a":2}'), packed)).toMatchObject({ status: 409 });
  });

  it('is the same in other boundaries, and another one with another file, of which nothing is kept', async () => {
    const { key } = await webhook('header:x-id');
    const id = { 'x-id': unique() };
    const parts = (text: string) => ({ note: 'n', file: new File([text], `${unique('repeat-')}.txt`) });
    const sent = parts('one');
    const statuses: number[] = [];
    for (const body of [sent, sent, { ...sent, note: 'm' }, { ...sent, file: new File(['two'], sent.file.name) }]) {
      statuses.push((await form(key, body, id)).status);
    }
    expect(statuses).toEqual([200, 200, 409, 409]);
    const [execution] = await finishedExecutions(api, key);
    expect(execution?.context.files).toHaveLength(1);
    const name = sent.file.name.replace('.txt', '');
    const kept = readdirSync(join(host.dir, 'storage', 'uploads')).filter((file) => file.startsWith(name));
    expect(kept).toHaveLength(1);
  });

  const parts: [string, string, string[], object][] = [
    ['json:order.id', 'a part of it', ['{"order":{"id":7},"attempt":1}', '{"order":{"id":7},"attempt":2}'], {}],
    [
      'form:order[id]',
      'a field of the form',
      ['order%5Bid%5D=7&attempt=1', 'attempt=2&order[id]=7'],
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['fields:json:id,header:x-kind', 'several together', ['{"id":7,"n":1}', '{"id":7,"n":2}'], { 'x-kind': 'a' }],
  ];
  it.each(parts)('%s: known by %s, it is a repeat whatever else it holds', async (source, _what, bodies, headers) => {
    const { key } = await webhook(source);
    const [first, again] = [await send(key, bodies[0], headers), await send(key, bodies[1], headers)];
    expect(first).toMatchObject({ status: 200, first: 'yes' });
    expect(again).toEqual(first);
    const other = await send(key, String(bodies[1]).replace('7', '8'), headers);
    expect(other.text).not.toBe(first.text);
    expect(await finishedExecutions(api, key, 2)).toHaveLength(2);
    expect((await logged(key, 3)).filter(({ status }) => status === 'duplicate')).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^It is a repeat of .{36}, with another body\.$/) }),
    ]);
  });

  it('is known by the whole body where that is what counts', async () => {
    const { key } = await webhook('body');
    const first = await send(key, '{"a":1}');
    expect(await send(key, '{"a":1}')).toEqual(first);
    expect(await send(key, '{"a": 1}')).not.toEqual(first);
    await finishedExecutions(api, key, 2);
    // Nothing in it tells one from another.
    await Promise.all([send(key, ''), send(key, '')]);
    expect(await finishedExecutions(api, key, 4)).toHaveLength(4);
  });

  for (const sync of [false, true]) {
    it(`where nothing verifies the sender, gets no answer of another body’s call: ${sync ? 'sync' : 'async'}`, async () => {
      const { key } = await webhook('json:id', { auth: { type: 'none' } }, sync);
      const first = await send(key, '{"id":1,"name":"Zoë"}');
      expect(first).toMatchObject({ status: 200, first: 'yes' });
      await answerKept(key);
      expect(await send(key, '{"id":1}')).toEqual({ status: 200, text: '', first: null });
      expect(await send(key, '{"id":1,"name":"Zoë"}')).toEqual(first);
      expect(await finishedExecutions(api, key)).toHaveLength(1);
    });
  }

  it('with an id that its provider did not sign, is a delivery of its own with another body', async () => {
    const { key } = await createWebhook(api, {
      auth: { type: 'provider', provider: 'github', secrets: ['right'] },
      response,
    });
    const call = (body: string) =>
      send(key, body, { 'x-github-delivery': 'd-1', 'x-hub-signature-256': `sha256=${hmacHex('right', body)}` });
    const first = await call('{"a":1}');
    expect(await call('{"a":1}')).toEqual(first);
    expect((await call('{"a":2}')).text).not.toBe(first.text);
    expect(await finishedExecutions(api, key, 2)).toHaveLength(2);
    expect((await logged(key, 3)).map(({ dedupeKey }) => dedupeKey)).toEqual(['d-1', 'd-1', 'd-1']);
  });

  it('with an id that its provider signed, is a repeat whatever the body', async () => {
    const { key } = await createWebhook(api, {
      auth: { type: 'provider', provider: 'slack', secrets: ['right'] },
      response,
    });
    const call = (body: string) => send(key, body, slackHeaders('right', body));
    const first = await call('{"event_id":"Ev1","a":1}');
    expect(first).toMatchObject({ status: 200, first: 'yes' });
    expect(await call('{"event_id":"Ev1","a":2}')).toEqual(first);
    expect(await finishedExecutions(api, key)).toHaveLength(1);
  });

  for (const sync of [false, true]) {
    it(`at the same moment, with one body or another, starts one of them: ${sync ? 'sync' : 'async'}`, async () => {
      const { key } = await webhook('header:x-id', {}, sync);
      const bodies = Array.from({ length: 12 }, (_none, index) => `{"a":${index % 2}}`);
      const id = { 'x-id': randomUUID() };
      const answers = await Promise.all(bodies.map((body) => send(key, body, id)));
      const [execution, ...more] = await finishedExecutions(api, key);
      expect(more).toEqual([]);
      const taken = JSON.stringify(execution?.context.data);
      const answer = answers[bodies.indexOf(taken)];
      expect(answer).toMatchObject({ status: 200, first: 'yes' });
      expect(answers).toEqual(
        bodies.map((body) => (body === taken ? answer : { status: 409, text: REUSED, first: null })),
      );
      expect(await listExecutions(api, key)).toHaveLength(1);
    });
  }

  it('does not bring a credential into the log, where that is what it is known by', async () => {
    const { key } = await webhook('header:cookie');
    const headers = { cookie: 'session=of-the-caller' };
    const first = await send(key, '{}', headers);
    expect(await send(key, '{}', headers)).toEqual(first);
    expect((await logged(key, 2)).map(({ dedupeKey }) => dedupeKey)).toEqual(['[redacted]', '[redacted]']);
  });

  it('is told by a source that can be read, or the webhook is not saved', async () => {
    for (const key of ['cookie:a', 'header:', 'fields:', 'fields:json:a,x', 'bodies', 'event:a']) {
      await expect(webhook(key)).rejects.toThrow(/dedupe\.key/);
    }
  });

  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  const PAYLOAD: WebhookConfigInput = { body: { jsonFields: ['payload'] } };
  const opened = (id: string) => `payload=${encodeURIComponent(`{"id":${id}}`)}`;
  const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
  const digits = (last: string) => `{"id":1.234567890123456789${last}}`;
  // Pairs of ids that differ, however little of that is left once they are read.
  it.each<[string, string, WebhookConfigInput, object, [RequestInit['body'], string?], [RequestInit['body'], string?]]>(
    [
      ['surrogates', 'fields:json:id,json:z', {}, {}, ['{"id":"a\\ud800"}'], ['{"id":"a\\ud801"}']],
      ['NUL', 'fields:json:id,json:z', {}, {}, ['{"id":"a\\u0000"}'], ['{"id":"a\\ufffd"}']],
      ['bytes', 'fields:json:id,json:z', {}, {}, [latin1('{"id":"\xe9"}')], [latin1('{"id":"\xe8"}')]],
      ['escapes in a form', 'fields:form:id', {}, FORM, ['id=%E9'], ['id=%E8']],
      ['escapes in the query', 'fields:query:id', {}, {}, ['{}', '?id=%E9'], ['{}', '?id=%E8']],
      [
        'digits in an opened field',
        'form:payload',
        PAYLOAD,
        FORM,
        [opened('1.2345678901234567891')],
        [opened('1.2345678901234567892')],
      ],
      [
        'digits in UTF-16',
        'json:id',
        {},
        { 'content-type': 'application/json; charset=utf-16le' },
        [Buffer.from(digits('1'), 'utf16le')],
        [Buffer.from(digits('2'), 'utf16le')],
      ],
      [
        'rounded digits that are escaped',
        'json:payload.id',
        { body: { ...PAYLOAD.body, bigNumbers: 'rounded' } },
        FORM,
        ['payload={"id":%38%32%30%32522731445525542}'],
        ['payload={"id":%38%32%30%32522731445525543}'],
      ],
    ],
  )('is one of its own where its id differs in %s', async (_what, source, config, headers, one, other) => {
    const { key } = await webhook(source, config);
    for (const [body, query] of [one, other, one, other]) {
      expect((await send(key, body, headers, query)).status).toBe(200);
    }
    const rows = await logged(key, 4);
    expect(rows.map(({ status }) => status).sort()).toEqual(['duplicate', 'duplicate', 'succeeded', 'succeeded']);
  });

  it.each<
    [string, string[], object, [string | Uint8Array<ArrayBuffer>, string?], [string | Uint8Array<ArrayBuffer>, string?]]
  >([
    [
      'in a list',
      ['json:items[].id'],
      {},
      [latin1('{"items":[{"id":"\xe9"},{"id":"b"}]}')],
      [latin1('{"items":[{"id":"\xe8"},{"id":"b"}]}')],
    ],
    [
      'too long to be kept',
      ['json:id'],
      {},
      [latin1(`{"id":"${'x'.repeat(210)}\xe9"}`)],
      [latin1(`{"id":"${'x'.repeat(210)}\xe8"}`)],
    ],
    ['of several', ['fields:json:id,json:z'], {}, [latin1('{"id":"a \xe9","z":1}')], [latin1('{"id":"a \xe8","z":1}')]],
    ['in the query', ['query:id'], {}, ['{}', '?id=%E9'], ['{}', '?id=%E8']],
  ])('is one of its own where the id of its sender is another one, %s', async (_what, id, headers, one, other) => {
    const auth = { type: 'signature' as const, sig: { from: 'header:x-sig' as const }, id, secrets: ['s'] };
    const { key } = await createWebhook(api, { auth: auth as never, dedupe: { key: '', window: 60 } });
    for (const [body, query] of [one, other]) {
      const signed = { ...headers, 'x-sig': hmacHex('s', body) };
      expect((await send(key, body, signed, query)).status).toBe(200);
    }
    expect((await logged(key, 2)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });
});

import type { ReplayJob } from '../../../src/common/deliveriesApi';
import { SHOWN_FIELDS } from '../../../src/server/api/deliveryFilter';
import { onEveryDatabase, type TestHost } from '../../support/hosts';
import { createWebhook, waitFor } from '../../support/workflows';

jest.setTimeout(120_000);

const OPERATORS = [
  ...['$eq', '$ne', '$in', '$notIn', '$is', '$not', '$empty', '$notEmpty', '$gt', '$gte', '$lt', '$lte', '$between'],
  ...['$includes', '$notIncludes', '$startsWith', '$notStartsWith', '$endWith', '$notEndWith', '$like', '$iLike'],
  ...['$dateOn', '$dateNotOn', '$dateBefore', '$dateNotBefore', '$dateAfter', '$dateNotAfter', '$dateBetween'],
  ...['$regexp', '$col', '$any', '$contains', '$exists', '$or', '$childIn', '$match', '$nothing', '__proto__'],
];
const UUID = '018f3c2a-0000-7000-8000-00000000000A';
const VALUES: unknown[] = [
  ...[null, true, 0, -1, 1.5, 1e300, '', ' ', 'x', "'", '\\', '%_\\', '"', '\0', '\ud800', '{{x}}', '💥'],
  ...[
    '1',
    '9223372036854775808',
    UUID,
    '2030-01-31',
    '2030-01-31T10:00:00+02:00',
    '2030-02-31',
    '2030-01-31T10:00+23:59',
    '9999-12-31',
    '0000-00-00',
  ],
  ...[
    [],
    [null],
    ['x'],
    [UUID],
    ['1', '2'],
    ['2030-01-31', '2030-02-01'],
    [[]],
    {},
    { a: 1 },
    { $eq: 1 },
    { type: 'past' },
  ],
];

onEveryDatabase('odd parameters', (host: TestHost) => {
  const { api } = host;
  const list = (query: string) => api.request(`webhookDeliveries:list?${query}`);
  const byFilter = (filter: unknown) => list(`filter=${encodeURIComponent(JSON.stringify(filter))}&pageSize=1`);

  /** Runs a few at a time, and tells those that were neither answered nor refused. */
  async function failures(filters: unknown[]): Promise<unknown[]> {
    const failed: unknown[] = [];
    for (let at = 0; at < filters.length; at += 8) {
      const answers = await Promise.all(filters.slice(at, at + 8).map(byFilter));
      answers.forEach(({ status }, index) => {
        if (status !== 200 && status !== 400) {
          failed.push([status, filters[at + index]]);
        }
      });
    }
    return failed;
  }

  it.each(SHOWN_FIELDS.map((field) => [field]))(
    '%s: every operator, every value: answered or refused',
    async (field) => {
      const pairs = OPERATORS.flatMap((operator) => VALUES.map((value) => ({ [`${field}.${operator}`]: value })));
      // One in eleven of them for each field: together all of them, in one form or another.
      const offset = SHOWN_FIELDS.indexOf(field);
      const some = pairs.filter((_pair, index) => (index + offset) % 11 === 0);
      const bare = VALUES.map((value) => ({ $or: [{ [field]: value }, { status: 'x' }] }));
      expect(await failures([...some, ...bare])).toEqual([]);
    },
  );

  it.each([
    ...['fields=id,id,key,key', `fields=${'key,'.repeat(2000)}`, `filter=${'['.repeat(4000)}${']'.repeat(4000)}`],
    ...['filter=', 'filter={', 'filter=[]', 'filter=5', 'filter=null', 'filter="x"', 'filter[status]=x', 'filter[]=x'],
    ...['filter={"status":{"$eq":"x"}}', 'filter={"a":1}&filter={"b":2}'],
    ...['sort=', 'sort=x', 'sort=-', 'sort[]=id', 'sort[a]=id', 'sort=id,id,status', 'sort=id;drop', 'sort=id.x'],
    ...[
      'page=0',
      'page=-1',
      'page=x',
      'page=1e9',
      'page=99999999999999999999',
      'page=1&page=2',
      'page[a]=1',
      'page=1.5',
    ],
    ...['pageSize=0', 'pageSize=x', 'pageSize=100000', 'pageSize=NaN', 'page=1000000&pageSize=200'],
    ...['fields=', 'fields=x', 'fields[]=id', 'fields[a]=id', 'fields=__proto__', 'fields=id.x', 'fields=*'],
    ...[
      'appends=workflow',
      'appends[]=x',
      'except=id',
      'tree=true',
      'simplePaginate=x',
      'filterByTk=x',
      'filterByTk[]=1',
    ],
  ])('list?%s', async (query) => {
    const answer = await list(query);
    expect([200, 400]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/sequelize|syntax|operator does not exist|SQLITE|SELECT/i);
  });

  it.each(['[]', '0', 'null', 'true', '"x"', '{"constructor":1}', '{"key":"x","__proto__":{"a":1}}'])(
    'filter=%s is refused, and is not taken for one that leaves nothing out',
    async (filter) => {
      for (const path of ['webhookDeliveries:list', '%77ebhookDeliveries:list']) {
        const answer = await api.request(`${path}?filter=${encodeURIComponent(filter)}`);
        expect([path, answer.status]).toEqual([path, 400]);
      }
    },
  );

  // NocoBase would pass the action over, and answer with 200 as if it had been done.
  it.each([
    'webhookDeliveries:list?filter={"key":"x%E0"}',
    'webhookDeliveries:list?pageSize=%',
    'webhookDeliveries:replayMany?filter={"key":"x%E0"}',
    'webhookDeliveries:replayMany?filter=%7B%22key.$includes%22:%22%%22%7D',
    'webhookDeliveries:cancel?filterByTk=%E0%A4',
    'webhookEndpoints:list?search=%C3',
    'webhookCapturedSecrets:discard?filter={"key":"%FF"}',
    'webhookSettings:save?a=%',
    'webhookStats:query?event=%C3',
    'webhookDeliveries:get%E0',
    'webhookCapturedSecrets:confirm%ff?filterByTk=1',
  ])('%s, which can not be decoded, is refused', async (path) => {
    for (const method of ['GET', 'POST']) {
      const answer = await api.request(path, { method, ...(method === 'POST' ? { json: {} } : {}) });
      expect([method, answer.status]).toEqual([method, 400]);
    }
  });

  it.each([
    ...[
      'webhookEndpoints:list?filter={"key":"x"}',
      'webhookEndpoints:list?filter[key]=x',
      'webhookEndpoints:list?filter=',
    ],
    ...['webhookEndpoints:list?key[]=x', 'webhookEndpoints:list?search[a]=x', 'webhookDeliveries:list?fields=context'],
    ...[
      'webhookDeliveries:list?fields[a]=id',
      'webhookDeliveries:list?fields=id,nothing',
      'webhookSettings:get?with=x',
    ],
    ...['webhookCapturedSecrets:list?key=x&filter={"key":"y"}', 'webhookCapturedSecrets:list?key=x&filter=y'],
    ...['webhookStats:query?filter={"key":"x"}', 'webhookStats:query?filter=x'],
    ...['webhookSettings:get?filter={}', `webhookDeliveries:get?filterByTk=${UUID}&filter={"key":"x"}`],
  ])('%s is refused, as it would say nothing', async (path) => {
    expect((await api.request(path)).status).toBe(400);
  });

  it.each(['%00', 'x%00'])('webhookCapturedSecrets:list?key=%s is refused', async (key) => {
    const answer = await api.request(`webhookCapturedSecrets:list?key=${key}`);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('workflow key')]);
  });

  it.each(['x', '', '1', UUID, '["a"]', '__proto__', '%00', "'"])('filterByTk=%s of every action', async (id) => {
    for (const action of ['get', 'replay', 'cancel', 'erase', 'replayProgress', 'stopReplay']) {
      const method = action === 'get' ? 'GET' : 'POST';
      for (const query of [`filterByTk=${id}`, `filterByTk[]=${id}`, `filterByTk[a]=${id}`, '']) {
        const answer = await api.request(`webhookDeliveries:${action}?${query}`, {
          method,
          json: method === 'GET' ? undefined : {},
        });
        const { status } = answer;
        // A cancel of what isn't there says that there was nothing to cancel.
        const allowed = action === 'cancel' ? [200, 400, 404] : [400, 404];
        expect([action, query, allowed.includes(status), status]).toEqual([action, query, true, status]);
      }
    }
    for (const action of ['capturedSecret', 'unreadableSecrets']) {
      for (const query of [`filterByTk=${id}`, `filterByTk[]=${id}`, `filterByTk[a]=${id}`, '']) {
        const { status } = await api.request(`webhookEndpoints:${action}?${query}`);
        // 1 could be one: it is nobody's.
        expect([action, query, [400, 404].includes(status) || (id === '1' && status === 200)]).toEqual([
          action,
          query,
          true,
        ]);
      }
    }
    for (const action of ['pause', 'resume']) {
      const { status } = await api.request(`webhookEndpoints:${action}?filterByTk=${id}`, { method: 'POST', json: {} });
      expect([action, status]).toEqual([action, 404]);
    }
  });

  it.each(['page=x', 'page=-1', 'pageSize=0', 'page=1e999'])('webhookEndpoints:list?%s', async (query) => {
    expect([200, 400]).toContain((await api.request(`webhookEndpoints:list?${query}`)).status);
  });

  describe('a replay of many without a filter', () => {
    let key: string;
    beforeAll(async () => {
      ({ key } = await createWebhook(api));
      expect((await fetch(host.webhook(key), { method: 'POST' })).status).toBe(200);
      await waitFor('the run to end', 30_000, async () => (await countOf(key, 'succeeded')) === 1);
    });

    const countOf = async (of: string, status?: string) => {
      const filter = JSON.stringify({ key: of, ...(status ? { status } : {}) });
      return (await api.get<unknown[]>('webhookDeliveries:list', { filter })).length;
    };
    const replay = (json: unknown, query = '') =>
      api.request(`webhookDeliveries:replayMany${query}`, { method: 'POST', json });

    it.each<[unknown, string]>([
      [{}, ''],
      [{ filter: {} }, ''],
      [{ filter: null }, ''],
      [{ filter: [] }, ''],
      [{ filter: '' }, ''],
      [{ filter: 'x' }, ''],
      [{ filter: { $and: [] } }, ''],
      [{ filter: { $or: [{}] } }, ''],
      [{ filter: { unknown: 1 } }, ''],
      [{ filter: { 'status.$notIn': [] } }, ''],
      [{ filter: { 'path.$includes': '' } }, ''],
      [{ filters: { status: 'x' } }, ''],
      [[], ''],
      [{}, '?filter={}'],
      [{}, '?filter='],
      [{}, '?filter={'],
      [{}, '?filter=[{"key":"x"}]'],
      [{}, '?filter[]='],
      [{ filter: { status: 'x' } }, '?filter={"key":"x"}'],
    ])('is refused: %j%s', async (json, query) => {
      const answer = await replay(json, query);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('INVALID_FILTER')]);
      expect(await countOf(key)).toBe(1);
    });

    it('with one it replays what meets it', async () => {
      const { total } = await api.action<ReplayJob>('webhookDeliveries:replayMany', { filter: { key } });
      expect(total).toBe(1);
      await waitFor('the replay', 30_000, async () => (await countOf(key, 'succeeded')) === 2);
    });
  });
});

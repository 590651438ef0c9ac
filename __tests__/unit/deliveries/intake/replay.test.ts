import type { Database } from '@nocobase/database';
import { resolveConfig, type WebhookConfigInput } from '../../../../src/common/config';
import type { WorkflowEngine } from '../../../../src/server/deliveries/execution/WorkflowEngine';
import { replayOf, type ReplayEdits } from '../../../../src/server/deliveries/intake/replay';
import { orderKeyOf } from '../../../../src/server/deliveries/model/order';
import type { Endpoint } from '../../../../src/server/endpoints/Endpoint';

const BODY = '{"k":9007199254740993,"c":"x"}';
const DATA: unknown = JSON.parse(BODY);

const endpointWith = (config: WebhookConfigInput, workflowId = 2): Endpoint =>
  ({
    key: 'w',
    workflowId,
    sync: false,
    config: resolveConfig(config),
    variables: [],
    eventPlaces: [],
  }) as unknown as Endpoint;

/** The key that the current version gives a call with this body, or with another one. */
const keyOf = (endpoint: Endpoint, body = BODY) =>
  orderKeyOf(
    {
      headers: {},
      query: {},
      params: {},
      data: JSON.parse(body) as unknown,
      format: 'json',
      sourceData: () => ({ k: '9007199254740993' }),
      rawBody: Buffer.from(body),
      partsDigest: undefined,
      endpoint,
      verification: { plaintext: undefined },
    } as unknown as Parameters<typeof orderKeyOf>[0],
    endpoint,
  );

/** The key of a replay of what version 1 or 2 ran, with a key by what version 1 said. */
async function replayed(
  endpoint: Endpoint,
  { ranIn = 1, edits = {} as ReplayEdits, body = BODY as string | null } = {},
) {
  const context = JSON.stringify({ data: DATA, headers: {}, query: {}, params: {} });
  const stored = { id: 'd', key: 'w', workflowId: ranIn, erasedAt: null, orderKey: 'before', dedupeSlot: null };
  const request = { body, bodyEncoding: 'utf8', contentType: 'application/json', headers: {}, query: {}, params: {} };
  const row = { ...stored, ...request, context, executionId: null, status: 'succeeded' };
  const db = {
    getRepository: () => ({ findOne: () => Promise.resolve({ get: () => row }) }),
    sequelize: { getDialect: () => 'postgres' },
  } as unknown as Database;
  const engine = {} as WorkflowEngine;
  return (await replayOf('d', 'new', edits, { db, engine, endpointOf: () => endpoint })).row.orderKey;
}

describe('a replay waits for what has the same key', () => {
  const byCustomer = endpointWith({ concurrency: 8, orderBy: 'json:c' });

  test('in the current version, whatever it waited for the first time', async () => {
    expect(keyOf(byCustomer)).toMatch(/^[0-9a-f]{64}$/);
    expect(await replayed(byCustomer)).toBe(keyOf(byCustomer));
    expect(await replayed(byCustomer, { ranIn: 2, body: null })).toBe(keyOf(byCustomer));
    expect(await replayed(endpointWith({ concurrency: 8 }), { ranIn: 2 })).toBeNull();
  });

  test('by the digits that were sent', async () => {
    const byId = endpointWith({ concurrency: 8, orderBy: 'json:k' });
    expect(await replayed(byId)).toBe(keyOf(byId));
    // As JavaScript has it, it would be another one's.
    expect(await replayed(byId, { body: null })).not.toBe(keyOf(byId));
  });

  test('as it was edited', async () => {
    const edits = { data: { c: 'y' } };
    expect(await replayed(byCustomer, { ranIn: 2, edits })).toBe(keyOf(byCustomer, '{"c":"y"}'));
    expect(await replayed(byCustomer, { ranIn: 2, edits: { data: {} } })).toBeNull();
  });

  test('as the first time where that is not kept, in the version that it ran in', async () => {
    const byToken = endpointWith({ concurrency: 8, orderBy: 'header:x-token' });
    expect([await replayed(byToken, { ranIn: 2 }), await replayed(byToken)]).toEqual(['before', null]);
  });
});

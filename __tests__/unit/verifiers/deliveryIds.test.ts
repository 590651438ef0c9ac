import { findProvider } from '../../../src/common/providers';
import { deliveryId } from '../../../src/server/verifiers/deliveryId';
import { Sources } from '../../../src/server/verifiers/Sources';

interface Call {
  headers?: Record<string, string>;
  body?: string;
}

function idOf(provider: string, { headers = {}, body = '' }: Call): string | null {
  const scheme = findProvider(provider)?.scheme;
  const request = { method: 'POST', url: '/', headers, rawBody: Buffer.from(body) };
  return scheme ? deliveryId(scheme, new Sources(request, {})) : null;
}

const hubspot = (fields: object): Call => ({
  body: JSON.stringify([
    { eventId: 1, subscriptionId: 2, portalId: 3, occurredAt: 1_564_113_600_000, attemptNumber: 0, ...fields },
  ]),
});
const text = (content: string, type = 'event'): Call => ({
  body: `<xml><FromUserName>o1</FromUserName><CreateTime>1700000000</CreateTime><MsgType>${type}</MsgType>${content}</xml>`,
});
const linear = (fields: object, headers = {}): Call => ({
  headers,
  body: JSON.stringify({
    webhookId: 'w',
    type: 'Issue',
    action: 'update',
    createdAt: '2026-01-01T00:00:00.000Z',
    data: { id: 'a' },
    webhookTimestamp: 1_700_000_000_000,
    ...fields,
  }),
});
const ce = (headers: Record<string, string>): Call => ({ headers });

describe('two events are never one, whatever they have in common', () => {
  test.each<[string, Call, Call]>([
    ['hubspot', hubspot({}), hubspot({ portalId: 4 })],
    ['hubspot', hubspot({}), hubspot({ subscriptionId: 4 })],
    ['hubspot', hubspot({}), hubspot({ eventId: 4 })],
    ['hubspot', hubspot({}), hubspot({ occurredAt: 1_564_113_600_001 })],
    ['hubspot-v1', hubspot({}), hubspot({ portalId: 4 })],
    ['hubspot-v2', hubspot({}), hubspot({ portalId: 4 })],
    ['cloudevents', ce({ 'ce-id': '1', 'ce-source': '/a' }), ce({ 'ce-id': '1', 'ce-source': '/b' })],
    ['cloudevents', { body: '{"id":"1","source":"/a"}' }, { body: '{"id":"1","source":"/b"}' }],
    ['cloudevents', { body: '[{"id":"1","source":"/a"}]' }, { body: '[{"id":"1","source":"/b"}]' }],
    [
      'shopify',
      { headers: { 'x-shopify-topic': 'orders/paid', 'x-shopify-event-id': 'e' } },
      { headers: { 'x-shopify-topic': 'orders/updated', 'x-shopify-event-id': 'e' } },
    ],
    ['linear', linear({}), linear({ data: { id: 'b' } })],
    ['linear', linear({}), linear({ createdAt: '2026-01-01T00:00:00.001Z' })],
    ['wechat-mp', text('<Event>subscribe</Event>'), text('<Event>LOCATION</Event>')],
    ['wechat-mp', text('<MsgId>1</MsgId>'), text('<MsgId>2</MsgId>')],
  ])('%s', (provider, one, other) => {
    const ids = [one, other].map((call) => idOf(provider, call));
    expect(ids.every((id) => id !== null)).toBe(true);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('an id that calls may share is none', () => {
    // Calls that were set off by a call carry the same one: GitLab, lib/gitlab/web_hooks/recursion_detection.rb
    expect(idOf('gitlab', { headers: { 'x-gitlab-event-uuid': 'u' } })).toBeNull();
    expect(idOf('hubspot', { body: '[{"eventId":1}]' })).toBeNull();
  });
});

describe('a repeat has the id of the first', () => {
  test.each<[string, Call, Call]>([
    ['hubspot', hubspot({}), hubspot({ attemptNumber: 3 })],
    [
      'gitlab',
      { headers: { 'idempotency-key': 'k', 'x-gitlab-event-uuid': 'a' } },
      { headers: { 'idempotency-key': 'k' } },
    ],
    ['linear', linear({}), linear({ webhookTimestamp: 1_700_003_600_000 })],
    ['linear', linear({}), linear({}, { 'linear-delivery': 'another' })],
    ['wechat-mp', text('<Event>subscribe</Event>'), text('<Event>subscribe</Event>')],
    ['notion', { body: '{"id":"1","attempt_number":1}' }, { body: '{"id":"1","attempt_number":2}' }],
  ])('%s', (provider, one, other) => {
    expect(idOf(provider, one)).toBe(idOf(provider, other));
    expect(idOf(provider, one)).not.toBeNull();
  });
});

test('several fields are put together so that none can be moved from one to the next', () => {
  const at = (source: string, id: string) => idOf('cloudevents', { body: JSON.stringify({ source, id }) }) ?? 'missing';
  expect(at('/a', 'b')).toBe('/a b');
  expect(new Set([at('/a', 'b'), at('/a b', 'c'), at('/a', 'b c'), at('/', 'a b c')]).size).toBe(4);
});

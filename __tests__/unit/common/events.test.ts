import type { WebhookAuth } from '../../../src/common/auth';
import { resolveConfig, type WebhookConfigInput } from '../../../src/common/config';
import { eventPlaces, eventText, eventTypes, knownEvents, type EventRequest } from '../../../src/common/events';
import { PROVIDERS } from '../../../src/common/providers';
import { describeIssue, validateConfig } from '../../../src/common/validateConfig';

const provider = (id: string): WebhookAuth => ({ type: 'provider', provider: id, secrets: [] });

const typesOf = (config: WebhookConfigInput, request: Partial<EventRequest>) =>
  eventTypes(eventPlaces(resolveConfig(config)), { headers: {}, query: {}, params: {}, data: null, ...request });

it.each<[string, string, Partial<EventRequest>, string[]]>([
  ['in a header', 'github', { headers: { 'x-github-event': 'push' } }, ['push']],
  ['in the body', 'stripe', { data: { type: 'invoice.paid' } }, ['invoice.paid']],
  [
    'of each in a list',
    'sendgrid',
    { data: [{ event: 'open' }, { event: 'click' }, { event: 'open' }] },
    ['open', 'click'],
  ],
  [
    'of each in lists of lists',
    'meta',
    { data: { entry: [{ changes: [{ field: 'feed' }] }, { changes: [{ field: 'messages' }] }] } },
    ['feed', 'messages'],
  ],
  ['in XML', 'wecom', { data: { xml: { MsgType: 'event', Event: 'subscribe' } } }, ['subscribe']],
  ['in XML, in the second place', 'wecom', { data: { xml: { MsgType: 'text' } } }, ['text']],
  ['in the JSON of a form', 'travis-ci', { data: { payload: { status_message: 'Fixed' } } }, ['Fixed']],
  [
    'of each in a list in the JSON of a form',
    'mandrill',
    { data: { mandrill_events: [{ event: 'send' }, { event: 'open' }] } },
    ['send', 'open'],
  ],
  ['of a slash command', 'slack', { data: { command: '/ticket', text: 'x' } }, ['/ticket']],
  ['of an interaction', 'slack', { data: { payload: { type: 'block_actions' } } }, ['block_actions']],
  ['nowhere', 'github', { headers: {}, data: { action: 'opened' } }, []],
  ['as an empty text', 'stripe', { data: { type: '' } }, []],
  ['as an object', 'stripe', { data: { type: {} } }, []],
  ['in what every object has', 'stripe', { data: Object.create({ type: 'inherited' }) as object }, []],
])('a provider’s event, %s: %s', (_where, id, request, types) => {
  expect(typesOf({ auth: provider(id) }, request)).toEqual(types);
});

it.each<[string, Partial<EventRequest>, string[]]>([
  ['header:X-Event', { headers: { 'x-event': 'a' } }, ['a']],
  ['query:kind', { query: { kind: 'a' } }, ['a']],
  ['query:a[b]', { query: { a: { b: 'c' } } }, ['c']],
  ['params:kind', { params: { kind: 'a' } }, ['a']],
  ['json:a.b', { data: { a: { b: 7 } } }, ['7']],
  ['json:["a.b"]', { data: { 'a.b': 'c' } }, ['c']],
  ['form:a[b]', { data: { a: { b: 'c' } } }, ['c']],
  ['vars:kind', { data: { 'event.kind': 'a' } }, ['a']],
])('a maker’s own place goes before the provider’s: %s', (eventFrom, request, types) => {
  const variables = { data: [{ path: '["event.kind"]', alias: 'kind' }] };
  const sent = { ...request, headers: { 'x-github-event': 'push', ...(request.headers as object) } };
  expect(typesOf({ auth: provider('github'), eventFrom, variables }, sent)).toEqual(types);
});

it('several are one text, that is cut where it is too long; none is none', () => {
  expect(eventText(['open', 'click'])).toBe('open, click');
  expect(eventText([])).toBeNull();
  expect(eventText(['a'.repeat(300)])).toHaveLength(200);
});

it('a hundred thousand in one call are read in one pass', () => {
  const data = Array.from({ length: 100_000 }, (_, index) => ({ event: `e${index}` }));
  expect(typesOf({ auth: provider('sendgrid') }, { data })).toHaveLength(100_000);
});

it.each(PROVIDERS.flatMap(({ id, event }) => (event ? [[id, event.from] as const] : [])))(
  'the places of %s can all be read',
  (id, from) => {
    expect(eventPlaces(resolveConfig({ auth: provider(id) }))).toHaveLength(from.length);
  },
);

it('a provider’s own names are offered; without one there are none', () => {
  expect(knownEvents(provider('github'))).toContain('push');
  expect(knownEvents({ type: 'none' })).toEqual([]);
});

const problems = (config: object) => validateConfig(config).map((issue) => `${issue.path}: ${describeIssue(issue)}`);

it.each<[string, object, RegExp | null]>([
  ['all of a sender that isn’t known', { events: null }, null],
  ['some, with a place', { events: ['a'], eventFrom: 'json:type' }, null],
  ['none', { events: [], eventFrom: 'json:type' }, /^events: Choose at least one event/],
  ['an empty one', { events: [''], eventFrom: 'json:type' }, /^events\.0: /],
  ['no list', { events: 'push', eventFrom: 'json:type' }, /^events: /],
  ['some that are found nowhere', { events: ['a'] }, /^eventFrom: Say where the event stands/],
  ['a place that is none', { eventFrom: 'type' }, /^eventFrom: Give header:…/],
  ['the whole body', { eventFrom: 'body' }, /^eventFrom: Give header:…/],
  ['itself', { eventFrom: 'event' }, /^eventFrom: Give header:…/],
  ['an alias that nothing has', { eventFrom: 'vars:kind' }, /^eventFrom: No variable has the alias kind/],
])('chosen are %s', (_what, config, problem) => {
  const found = problems(config);
  expect(found).toEqual(problem ? [expect.stringMatching(problem)] : []);
});

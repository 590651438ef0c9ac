import { defaultConfig, type FilterGroup, type FilterOnError } from '../../../src/common/config';
import { filter } from '../../../src/server/pipeline/filter';
import type { Services } from '../../../src/server/pipeline/stage';
import type { EarlyAnswer, Parsed } from '../../../src/server/pipeline/types';

const report = jest.fn();
const services = {
  report,
  env: () => ({ PLACE: 'Utrecht' }),
  workflows: { functions: { getEntities: () => [['now', () => new Date(0)]] } },
} as unknown as Services;

function delivery(
  condition: FilterGroup | null,
  data: unknown,
  filterOnError: FilterOnError = 'ignore',
  verification: object = {},
): Parsed {
  return {
    endpoint: { config: { ...defaultConfig(), filter: condition, filterOnError } },
    method: 'POST',
    path: '/api/webhooks/a',
    params: {},
    files: [],
    headers: { 'x-event': 'push' },
    query: {},
    data,
    receivedAt: new Date(0),
    rawBody: Buffer.alloc(0),
    target: { path: 'a' },
    verification,
  } as unknown as Parsed;
}

const all = (...calculations: object[]): FilterGroup => ({ group: { type: 'and', calculations } });
const any = (...calculations: object[]): FilterGroup => ({ group: { type: 'or', calculations } });
const is = (left: unknown, calculator: string, right: unknown) => ({ calculator, operands: [left, right] });
const ACTION = '{{$context.data.action}}';

beforeEach(() => report.mockClear());

it.each<[string, FilterGroup | null, unknown, boolean]>([
  ['no condition', null, null, true],
  ['no conditions in the group', all(), null, true],
  ['a value that fits', all(is(ACTION, 'equal', 'opened')), { action: 'opened' }, true],
  ['a value that does not', all(is(ACTION, 'equal', 'opened')), { action: 'closed' }, false],
  ['a value that is not there', all(is(ACTION, 'equal', 'opened')), null, false],
  ['a number that keeps its type', all(is('{{$context.data.n}}', 'gt', 5)), { n: 10 }, true],
  ['one of two', any(is(ACTION, 'equal', 'a'), is(ACTION, 'equal', 'b')), { action: 'b' }, true],
  [
    'groups in groups',
    all(is(ACTION, 'includes', 'pen'), any(is('{{$context.headers.x-event}}', 'equal', 'push'))),
    { action: 'opened' },
    true,
  ],
  ['an environment variable', all(is('{{$env.PLACE}}', 'startsWith', 'U')), null, true],
  ['the time', all(is('{{$system.now}}', 'equal', '1970-01-01T00:00:00Z')), null, true],
  ['a template in what was sent', all(is(ACTION, 'equal', 'Utrecht')), { action: '{{$env.PLACE}}' }, false],
])('%s', (_what, condition, data, passes) => {
  const given = delivery(condition, data);
  const outcome = filter(given, services);
  expect(outcome === given).toBe(passes);
  expect(report).not.toHaveBeenCalled();
  if (!passes) {
    expect((outcome as EarlyAnswer).answer).toMatchObject({ status: 200, body: '{"ignored":true}' });
  }
});

it.each<[FilterOnError, boolean]>([
  ['ignore', false],
  ['start', true],
])('reports a condition that can not be evaluated, and does as it was told: %s', (onError, passes) => {
  const given = delivery(all(is('{{$context.data.tags}}', 'includes', 'x')), {}, onError);
  expect(filter(given, services) === given).toBe(passes);
  expect(report).toHaveBeenCalledWith(
    expect.objectContaining({ code: 'FILTER_FAILED', reason: expect.stringContaining('includes') }),
  );
});

it('answers as the provider prescribes', () => {
  const outcome = filter(
    delivery(all(is(1, 'equal', 2)), null, 'ignore', { reply: { status: 200, body: 'success' } }),
    services,
  );
  expect((outcome as EarlyAnswer).answer).toEqual({
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'success',
  });
});

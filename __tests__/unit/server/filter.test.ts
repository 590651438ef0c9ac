import { logicCalculate } from '@nocobase/plugin-workflow';
import { WORST_FILTERS } from '../../../scripts/fuzz/worst/filters';
import { defaultConfig, type FilterGroup, type FilterOnError } from '../../../src/common/config';
import { Condition } from '../../../src/server/templates/Condition';
import { holds } from '../../../src/server/linearSearch';
import { filter } from '../../../src/server/pipeline/filter';
import type { Services } from '../../../src/server/pipeline/stage';
import type { EarlyAnswer, WithEvent } from '../../../src/server/pipeline/types';
import { cpuClock } from '../../support/cpuTime';

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
): WithEvent {
  return {
    event: null,
    endpoint: { config: { ...defaultConfig(), filter: condition, filterOnError }, variables: [] },
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
  } as unknown as WithEvent;
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

describe('no filter holds the process', () => {
  // The text searches took from seconds to minutes, lists as text up to a second each.
  const CPU_MS = 400;

  it.each(WORST_FILTERS.map(({ name, ...given }) => [name, given] as const))('%s', (_what, { filter: worst, data }) => {
    const given = delivery(worst, data);
    const spent = cpuClock();
    filter(given, services);
    expect(spent()).toBeLessThan(CPU_MS);
  });

  it('says why it was given up', () => {
    filter(delivery(all(is('{{$context.data.a}}', 'startsWith', 'x')), { a: Array(100_000).fill(1) }), services);
    expect(report).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'FILTER_FAILED',
        reason: 'a list that the filter compares as text is too large for it; ignored',
      }),
    );
  });

  it.each([
    ['that is looked through', 'includes', 'last'],
    ['that is there', 'notEqual', null],
    ['beside another list', 'notEqual', []],
  ])('a long list %s is none that is too large', (_what, calculator, operand) => {
    const given = delivery(all(is('{{$context.data.a}}', calculator, operand)), {
      a: [...Array(200_000).fill(1), 'last'],
    });
    expect(filter(given, services)).toBe(given);
    expect(report).not.toHaveBeenCalled();
  });
});

describe('conditions mean what they mean in NocoBase’s condition node', () => {
  const TEXTS = [
    '',
    'a',
    'abab',
    'abababababababababac',
    'xabababababababababababababac',
    'ab'.repeat(20),
    '1',
    'null',
  ];
  const VALUES: unknown[] = [
    ...TEXTS,
    1,
    0,
    true,
    null,
    undefined,
    [],
    ['a'],
    [['a', 1]],
    [1, 2],
    {},
    { toString: 1 },
    new Date(0),
  ];
  const evaluated = (evaluate: () => unknown): unknown => {
    try {
      return evaluate();
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each(['includes', 'notIncludes', 'startsWith', 'notEndsWith', 'equal', '!=', 'gt', '<=', 'unheardOf'])(
    '%s',
    (name) => {
      for (const left of VALUES) {
        for (const right of VALUES) {
          const condition = { calculator: name, operands: [left, right] as [unknown, unknown] };
          const ours = evaluated(() => new Condition().isMet({ group: { type: 'or', calculations: [condition] } }));
          expect({ left, right, found: ours }).toEqual({
            left,
            right,
            found: evaluated(() => logicCalculate(condition)),
          });
        }
      }
    },
  );

  it.each([
    ['no group', {}],
    ['no operands', all({ calculator: 'includes', operands: [] }, { calculator: 'equal' }, { operands: [1, 2] })],
    ['an empty or', any()],
    ['an or that is met before what can not be asked', any(is(1, 'equal', 1), is(null, 'includes', 1))],
    ['an and that is not met before that', all(is(1, 'equal', 2), any(is(null, 'includes', 1)))],
  ])('%s', (_what, condition) => {
    expect(new Condition().isMet(condition)).toBe(logicCalculate(condition as never));
  });
});

it('finds a text in another wherever it stands', () => {
  const letters = (length: number, seed: number) =>
    Array.from({ length }, (_x, n) => 'ab'[((seed * (n + 7) * (n + 3)) % 97) & 1]).join('');
  for (let seed = 1; seed < 400; seed += 1) {
    const text = letters(400, seed);
    const part =
      seed % 2 ? text.slice(seed % 300, (seed % 300) + 17 + (seed % 60)) : letters(17 + (seed % 5), seed + 1);
    expect({ text, part, found: holds(text, part) }).toEqual({ text, part, found: text.includes(part) });
  }
});

it.each<[string, unknown, unknown, boolean]>([
  ['gt', '10000000000000000000', '9100000000000000000', true],
  ['gt', '1000000000000000000', '500000000000000000', true],
  ['lt', '-9100000000000000000', 5, true],
  ['gte', '9007199254740993', '9007199254740993', true],
  ['lte', '9007199254740993', '9007199254740992', false],
  ['gt', '9', '10', true],
])('numbers beyond 2^53 compare as numbers: %s %p %p', (calculator, left, right, isMet) => {
  const condition = { group: { type: 'and' as const, calculations: [{ calculator, operands: [left, right] }] } };
  expect(new Condition().isMet(condition)).toBe(isMet);
});

import type { FilterGroup } from '../../../src/common/config';
import { MEGABYTE, times } from './fill';

/** A filter, and a body of a megabyte or less that takes it as long as it can. */
export interface WorstFilter {
  name: string;
  filter: FilterGroup;
  data: Record<string, unknown>;
}

/** What stands around a text in a body: of more than a megabyte none gets as far as the filter. */
const ROOM = 100;

const A = '{{$context.data.a}}';
const B = '{{$context.data.b}}';

/** Conditions that are all evaluated. */
const any = (count: number, calculator: string, ...operands: [unknown, unknown]): FilterGroup => ({
  group: { type: 'or', calculations: times(count, () => ({ calculator, operands })) },
});
const nearly = (length: number): string => `ab${'a'.repeat(length - 2)}`;
const all = (length: number): string => 'a'.repeat(length);

const nested = (levels: number, inner: unknown): unknown =>
  times(levels, (n) => n).reduce((value: unknown, n) => [value, n], inner);

const CASES: [string, FilterGroup, Record<string, unknown>][] = [
  ['a long text in a longer one', any(1, 'includes', A, B), { a: all(500_000), b: nearly(50_000) }],
  ['not a long text in a longer one', any(1, 'notIncludes', A, B), { a: all(500_000), b: nearly(50_000) }],
  ['many texts of middle length', any(90, 'includes', A, B), { a: all(50_000), b: nearly(5_000) }],
  ['a text of the settings', any(90, 'includes', A, nearly(1_000)), { a: all(50_000) }],
  ['short texts', any(90, 'includes', A, nearly(16)), { a: all(50_000) }],
  [
    'a list that is looked for in a text',
    any(1, 'includes', A, B),
    { a: all(600_000), b: times(20_000, (n) => n * 0.37) },
  ],
  ['a list of numbers as text', any(3, 'startsWith', A, 'x'), { a: times(100_000, (n) => n * 0.123) }],
  ['a list of empty lists as text', any(1, 'equal', A, 'x'), { a: times(30_000, () => []) }],
  ['a long text below many lists', any(4, 'gt', A, B), { a: nested(85, all(1_000_000)), b: 'a' }],
  ['long texts below many lists, both', any(2, 'lte', A, B), { a: nested(85, all(500_000)), b: nested(85, 'a') }],
  ['a long list of short texts', any(2, 'includes', A, 'b'), { a: times(250_000, () => 'a') }],
  ['long texts that are nearly equal', any(4, 'equal', A, B), { a: `${all(500_000)}b`, b: `${all(500_000)}c` }],
  ['long numbers', any(4, 'equal', A, 1), { a: '9'.repeat(MEGABYTE - ROOM) }],
  ['a text as a time', any(4, 'lt', A, '{{$system.now}}'), { a: '(1:'.repeat((MEGABYTE - ROOM) / 3) }],
];

export const WORST_FILTERS: readonly WorstFilter[] = CASES.map(([name, filter, data]) => ({ name, filter, data }));

import type { Measurement } from './types';

interface RatioRule {
  name: string;
  /** Ids of the measurements that are divided. */
  of: string;
  by: string;
  target: number;
  /** Whether the target is a floor or a ceiling. */
  bound: 'at least' | 'at most';
}

export interface Ratio extends Omit<RatioRule, 'of' | 'by'> {
  value: number;
  met: boolean;
}

const rule = (name: string, of: string, by: string, target: number, bound: RatioRule['bound'] = 'at least') => ({
  name,
  of,
  by,
  target,
  bound,
});

/** What was set out to be reached. */
const RULES: readonly RatioRule[] = [
  rule('(4)/(2) our async webhook with HMAC, of a no-op', '4', '2', 0.85),
  rule('(4p)/(2) the same while nothing is run', '4p', '2', 0.85),
  rule('(5)/(2) with dedupe, schema and filter, of a no-op', '5', '2', 0.7),
  rule("(4)/(2l) of a no-op before NocoBase's logger", '4', '2l', 0.85),
  rule("(5)/(2l) with dedupe, schema and filter, of a no-op before NocoBase's logger", '5', '2l', 0.7),
  rule("(4)/(6) against NocoBase's own async", '4', '6', 10),
  rule("(8)/(7) against NocoBase's own sync", '8', '7', 3),
  ...[0, 2].flatMap((nodes) => [
    rule(`(9) drain, concurrency 1, ${nodes} nodes, against NocoBase's own`, `9-1-${nodes}`, `9-own-${nodes}`, 2),
    rule(`(9) drain, concurrency 4, ${nodes} nodes, against NocoBase's own`, `9-4-${nodes}`, `9-own-${nodes}`, 4),
  ]),
  rule('(13) throughput with 10,000 webhooks, of that with 10', '13-many', '13-few', 0.9),
  rule('(14) throughput with a million waiting, of that with none', '14-million', '14-none', 0.9),
  rule('(B) match among 10,000 routes, of 10', 'match-10000', 'match-10', 2, 'at most'),
  rule('(C) HMAC of 1 MB, of bare node:crypto', 'C-ours', 'C-bare', 1.3, 'at most'),
  // `JSON.parse` of a megabyte takes some 7 ms: together they stay below 100 ms.
  rule('(W) worst parse of 1 MB, of `JSON.parse`', 'W-parse', 'W-json', 12, 'at most'),
  rule('(W) worst verification of 1 MB, of `JSON.parse`', 'W-verify', 'W-json', 10, 'at most'),
  rule('(W) worst check by a schema, of `JSON.parse`', 'W-schema', 'W-json', 10, 'at most'),
];

/** The ratios whose both figures were measured. */
export function ratiosOf(measurements: readonly Measurement[]): Ratio[] {
  const values = new Map(measurements.map(({ id, value }) => [id, value]));
  return RULES.flatMap(({ of, by, ...rest }) => {
    const [above, below] = [values.get(of), values.get(by)];
    if (above === undefined || below === undefined) {
      return [];
    }
    const value = above / below;
    return [{ ...rest, value, met: rest.bound === 'at least' ? value >= rest.target : value <= rest.target }];
  });
}

import { parseArgs } from 'node:util';
import type { Effort } from './Effort';
import type { Row } from './types';

export type BenchDialect = 'postgres' | 'sqlite';

export interface Options {
  quick: boolean;
  /** Row ids; empty: all. */
  only: string[];
  dialects: BenchDialect[];
  effort: Effort;
  /** Where the results are written. */
  out: string;
}

const FULL: Effort = {
  seconds: 6,
  warmUp: 8,
  openSeconds: 10,
  drained: 2_000,
  remembered: 100_000,
  webhooks: 10_000,
  waiting: 1_000_000,
};
const QUICK: Effort = {
  seconds: 1,
  warmUp: 0.5,
  openSeconds: 1,
  drained: 100,
  remembered: 1_000,
  webhooks: 200,
  waiting: 1_000,
};

const USAGE =
  'usage: npm run bench -- [--quick] [--only 2,4,9] [--db postgres|sqlite] [--deliveries 100000] [--out results.json]';

/** Throws with the usage line where an option is not known. */
export function readOptions(args: readonly string[], rows: readonly Row[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      db: { type: 'string' },
      deliveries: { type: 'string' },
      out: { type: 'string', default: 'bench/results.json' },
    },
  });
  const only = values.only.split(',').filter((id) => id !== '');
  const unknown = only.find((id) => !rows.some((row) => row.id === id));
  if (unknown !== undefined) {
    throw new Error(`there is no row ${unknown}; rows: ${rows.map(({ id }) => id).join(', ')}\n${USAGE}`);
  }
  const effort = values.quick ? QUICK : FULL;
  const remembered = values.deliveries === undefined ? effort.remembered : Number(values.deliveries);
  if (!Number.isInteger(remembered) || remembered < 1) {
    throw new Error(`--deliveries wants a whole number\n${USAGE}`);
  }
  return {
    quick: values.quick,
    only,
    dialects: dialectsOf(values.db),
    effort: { ...effort, remembered },
    out: values.out,
  };
}

function dialectsOf(db: string | undefined): BenchDialect[] {
  switch (db) {
    case undefined:
      return ['postgres', 'sqlite'];
    case 'postgres':
    case 'sqlite':
      return [db];
    default:
      throw new Error(`--db ${db} is neither postgres nor sqlite\n${USAGE}`);
  }
}

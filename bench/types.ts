import type { Stage } from './Stage';

/** One figure. */
export interface Measurement {
  /** What ratios refer to it by: a row's number, with a letter where a row has several. */
  id: string;
  what: string;
  value: number;
  unit: string;
  /** What else is worth knowing: latencies, failures. */
  detail?: string;
}

/** One row of the benchmark: what `--only` chooses from. */
export interface Row {
  id: string;
  title: string;
  run(stage: Stage): Promise<Measurement[]>;
}

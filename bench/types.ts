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

/** How long and how much. */
export interface Effort {
  /** Seconds that a closed loop is measured. */
  seconds: number;
  /** Seconds before that, which do not count. */
  warmUp: number;
  /** Seconds at a fixed rate. */
  openSeconds: number;
  /** Deliveries that are drained. */
  drained: number;
  /** Deliveries during which memory is watched. */
  remembered: number;
  /** Webhooks in the rows with many. */
  webhooks: number;
  /** Deliveries that wait in the row with many of them. */
  waiting: number;
}

/** One row of the benchmark: what `--only` chooses from. */
export interface Row {
  id: string;
  title: string;
  run(stage: Stage): Promise<Measurement[]>;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../host';
import { readEvidence, type Evidence } from './evidence';

/** After the last disturbance everything must be done within this time, in milliseconds. */
const SETTLE_MS = 120_000;

/** What became of the numbers that were sent. */
export interface Verdict {
  acknowledged: number;
  /** Acknowledged and never executed. */
  lost: number[];
  /** Executed more than once. */
  twice: number[];
  /** Executed, and not come to an end. */
  unfinished: number[];
  /** Deliveries by status. */
  deliveries: Record<string, number>;
}

/** Waits until nothing is open any more, or nothing changes for long, and counts. */
export async function settled(host: Host, key: string, acknowledged: ReadonlySet<number>): Promise<Verdict> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const evidence = await readEvidence(host, key);
    const verdict = judge(evidence, acknowledged);
    const open = (evidence.deliveries.received ?? 0) + (evidence.deliveries.started ?? 0);
    if ((open === 0 && verdict.lost.length + verdict.unfinished.length === 0) || Date.now() > deadline) {
      return verdict;
    }
    await delay(1_000);
  }
}

export function isClean({ lost, twice, unfinished }: Verdict): boolean {
  return lost.length + twice.length + unfinished.length === 0;
}

export function toLine(what: string, { acknowledged, lost, twice, unfinished, deliveries }: Verdict): string {
  const counts = Object.entries(deliveries).map(([status, count]) => `${count} ${status}`);
  return (
    `${what}: ${acknowledged} acknowledged, ${lost.length} lost, ${twice.length} twice, ` +
    `${unfinished.length} unfinished (deliveries: ${counts.join(', ') || 'none'})`
  );
}

function judge({ executions, deliveries }: Evidence, acknowledged: ReadonlySet<number>): Verdict {
  const numbers = [...acknowledged];
  return {
    acknowledged: numbers.length,
    lost: numbers.filter((number) => !executions.has(number)),
    twice: [...executions].filter(([, { count }]) => count > 1).map(([number]) => number),
    unfinished: [...executions].filter(([, { finished }]) => finished === 0).map(([number]) => number),
    deliveries,
  };
}

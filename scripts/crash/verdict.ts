import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from '../host';
import { readEvidence, type Evidence } from './evidence';
import type { Target } from './target';

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
  /** Executed once, and the effect of a node was there twice; and how many such there may be. */
  repeated: number[];
  mayRepeat: number;
  /** Refused, where no call may be; undefined: calls may. */
  refused?: number;
  /** Deliveries by status. */
  deliveries: Record<string, number>;
  /** One reason of those of each status, where they have any. */
  reasons: Record<string, string>;
}

/**
 * Waits until nothing is open any more, or nothing changes for long, and counts.
 * @param mayRepeat how many may have had their effect twice
 */
export async function settled(host: Host, { key, load, effects }: Target, mayRepeat = 0): Promise<Verdict> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const evidence = await readEvidence(host, key, effects);
    const verdict = judge(evidence, load.acknowledged, mayRepeat);
    const open = (evidence.deliveries.received ?? 0) + (evidence.deliveries.started ?? 0);
    if ((open === 0 && verdict.lost.length + verdict.unfinished.length === 0) || Date.now() > deadline) {
      return verdict;
    }
    await delay(1_000);
  }
}

export function isClean({ lost, twice, unfinished, repeated, mayRepeat, refused = 0 }: Verdict): boolean {
  return lost.length + twice.length + unfinished.length + refused === 0 && repeated.length <= mayRepeat;
}

export function toLine(what: string, verdict: Verdict): string {
  const { acknowledged, lost, twice, unfinished, repeated, mayRepeat, refused, deliveries, reasons } = verdict;
  const repeats = mayRepeat > 0 ? ` ${repeated.length} of at most ${mayRepeat} with a node twice,` : '';
  const counts = Object.entries(deliveries).map(([status, count]) =>
    [count, status, ...(reasons[status] ? [`“${reasons[status]}”`] : [])].join(' '),
  );
  return (
    `${what}: ${acknowledged} acknowledged, ${lost.length} lost, ${twice.length} twice,${repeats} ` +
    `${unfinished.length} unfinished${refused === undefined ? '' : `, ${refused} refused`} (deliveries: ${counts.join(', ') || 'none'})`
  );
}

function judge(
  { executions, effects, deliveries, reasons }: Evidence,
  acknowledged: ReadonlySet<number>,
  mayRepeat: number,
): Verdict {
  const numbers = [...acknowledged];
  return {
    acknowledged: numbers.length,
    lost: numbers.filter((number) => !executions.has(number) || effects?.has(number) === false),
    twice: [...executions].filter(([, { count }]) => count > 1).map(([number]) => number),
    unfinished: [...executions].filter(([, { finished }]) => finished === 0).map(([number]) => number),
    repeated: [...(effects ?? [])].filter(([, count]) => count > 1).map(([number]) => number),
    mayRepeat,
    deliveries,
    reasons,
  };
}

import { MAX_UNCONFIRMED, SHOWN_FOR } from '../../common/capturedSecrets';
import { sourceOf } from '../net/sourceOf';

/** A secret that waits to be confirmed, as far as it counts for who has to make room. */
export interface Waiting {
  ip: string;
  capturedAt: number;
}

/**
 * Which of those that wait gives way to a new one from `ip`; null: there is room.
 * First the oldest one that isn't shown any more, which nobody can compare with what the service has. Else
 * the oldest one of the address that holds the most, the new one counted in: who floods pushes out his own. Where every
 * address holds but one, the oldest of all: ten addresses that planted one each must not keep the true one out.
 */
export function makeRoom<Row extends Waiting>(waiting: readonly Row[], ip: string, now: number): Row | null {
  if (waiting.length < MAX_UNCONFIRMED) {
    return null;
  }
  const lapsed = oldestOf(waiting.filter(({ capturedAt }) => now - capturedAt >= SHOWN_FOR));
  if (lapsed) {
    return lapsed;
  }
  const bySource = new Map<string, Row[]>();
  for (const row of waiting) {
    const source = sourceOf(row.ip);
    bySource.set(source, [...(bySource.get(source) ?? []), row]);
  }
  const own = bySource.get(sourceOf(ip)) ?? [];
  const heldBy = (rows: readonly Row[]) => rows.length + (rows === own ? 1 : 0);
  const most = [own, ...bySource.values()].reduce((best, rows) => (heldBy(rows) > heldBy(best) ? rows : best));
  return oldestOf(heldBy(most) > 1 ? most : waiting) ?? null;
}

function oldestOf<Row extends Waiting>(rows: readonly Row[]): Row | undefined {
  return rows.toSorted((a, b) => a.capturedAt - b.capturedAt)[0];
}

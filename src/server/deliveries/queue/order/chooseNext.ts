/** A received delivery, as it is chosen by. */
export interface Candidate {
  id: string;
  /** null: it waits for no other. */
  orderKey: string | null;
  /** Whether it is not to be started yet: it is tried again later. */
  isHeld: boolean;
}

/**
 * Those that may be started now, at most `limit`: of each key the first one alone, and none while its key is busy.
 * @param waiting in order of arrival
 * @param busy keys; those of what is chosen, and of what is held and so holds up its key, are added
 */
export function chooseNext(waiting: Iterable<Candidate>, limit: number, busy: Set<string>): string[] {
  const chosen: string[] = [];
  for (const { id, orderKey, isHeld } of waiting) {
    if (chosen.length >= limit) {
      break;
    }
    const isFree = orderKey === null || !busy.has(orderKey);
    if (isFree && !isHeld) {
      chosen.push(id);
    }
    if (orderKey !== null) {
      busy.add(orderKey);
    }
  }
  return chosen;
}

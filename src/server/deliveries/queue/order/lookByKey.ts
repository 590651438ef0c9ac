import type { DeliveryStore } from '../../store/DeliveryStore';
import { chooseNext } from './chooseNext';

/** Rows of one look into the queue, */
const PAGE = 200;

/** and of all looks together: what is behind so many that can't be started is looked at once some of them are. */
const MAX_LOOKED_AT = 20_000;

/** So many keys are left out by the database; with more, what has them is left out here. */
const MAX_LEFT_OUT = 1_000;

/** What a look has found. */
export interface FoundByKey {
  /** In order of arrival. */
  chosen: string[];
  /** All that is received; null: there may be more than was looked at. */
  seen: ReadonlySet<string> | null;
}

/**
 * Chooses among a webhook's received deliveries, as they are in the database. What has a busy key is passed over there, but
 * on the first page, which mostly has all that waits.
 * @param busy keys of which something has been started here; see `chooseNext`
 * @param isHeld whether one that could not be started is not to be tried yet
 */
export async function lookByKey(
  store: Pick<DeliveryStore, 'waitingByKey'>,
  key: string,
  limit: number,
  busy: Set<string>,
  isHeld: (id: string) => boolean,
): Promise<FoundByKey> {
  const chosen: string[] = [];
  const now = new Date();
  let after: number | string = 0;
  for (let looked = 0; chosen.length < limit && looked < MAX_LOOKED_AT; looked += PAGE) {
    const leftOut: string[] = looked === 0 ? [] : [...busy].slice(0, MAX_LEFT_OUT);
    const page = await store.waitingByKey(key, { after, leftOut, limit: PAGE, now });
    const candidates = page.map(({ id, orderKey, isEarly }) => ({ id, orderKey, isHeld: isEarly || isHeld(id) }));
    chosen.push(...chooseNext(candidates, limit - chosen.length, busy));
    const last = page[PAGE - 1];
    if (!last) {
      return { chosen, seen: looked === 0 ? new Set(page.map(({ id }) => id)) : null };
    }
    after = last.position;
  }
  return { chosen, seen: null };
}

import { createHash } from 'node:crypto';
import type { Endpoint } from '../../endpoints/Endpoint';
import { parseSources } from '../../../common/requestSource';
import { requestValues, type ValueRequest } from '../../requestValue';

/** What of a webhook waits for one another: all of it, one after the other; what has the same key; nothing. */
export type Order = 'arrival' | 'key' | 'none';

/** In which order a webhook's background runs go. Of one whose callers wait for their runs, none waits for another. */
export function orderOf({ config, sync }: Pick<Endpoint, 'config' | 'sync'>): Order {
  if (sync) {
    return 'none';
  }
  return config.concurrency === 1 ? 'arrival' : config.orderBy === null ? 'none' : 'key';
}

/**
 * What a delivery has in common with those that it waits for, in hex; null: it has nothing there, and waits for none. A digest
 * of the value: of one length, whatever was sent. Kept with `concurrency` 1 too, which a later version may raise.
 */
export function orderKeyOf(
  request: ValueRequest,
  { key, config, sync }: Pick<Endpoint, 'key' | 'config' | 'sync'>,
): string | null {
  const sources = sync || config.orderBy === null ? null : parseSources(config.orderBy);
  const value = sources && requestValues(request, sources);
  return value === null
    ? null
    : createHash('sha256')
        .update(JSON.stringify([key, value]))
        .digest('hex');
}

import { createHash } from 'node:crypto';
import type { SignatureScheme } from '../../common/presets';
import type { Sources } from './Sources';

/** Longest id that is kept as it is. */
const MAX_ID = 200;

/**
 * What the provider calls this delivery: the first of the scheme's sources that is there. A batch is known by all of
 * its ids together, because the next batch may hold one of them beside new ones.
 */
export function deliveryId({ id: places = [] }: Pick<SignatureScheme, 'id'>, sources: Sources): string | null {
  for (const place of places) {
    const ids = sources.all(place);
    if (ids.length > 0 && ids.every((id) => id !== null && id !== '')) {
      const [only = ''] = ids;
      return ids.length === 1 && only !== null && only.length <= MAX_ID ? only : digest(JSON.stringify(ids));
    }
  }
  return null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

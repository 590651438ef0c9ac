import { createHash } from 'node:crypto';
import { idSources } from '../../common/idPlaces';
import type { IdPlace, SignatureScheme } from '../../common/presets';
import type { Sources } from './Sources';

/** Longest id that is kept as it is. */
const MAX_ID = 200;

/**
 * What the provider calls this delivery: the first of the scheme's places that is there. A batch is known by all of
 * its ids together, because the next batch may hold one of them beside new ones.
 */
export function deliveryId({ id: places = [] }: Pick<SignatureScheme, 'id'>, sources: Sources): string | null {
  for (const place of places) {
    const id = idAt(place, sources);
    if (id !== null) {
      return id;
    }
  }
  return null;
}

function idAt(place: IdPlace, sources: Sources): string | null {
  const fields = idSources(place).map((source) => sources.all(source));
  if (!fields.every(isWhole)) {
    return null;
  }
  const [ids = []] = fields;
  if (fields.length === 1) {
    const [only = ''] = ids;
    return ids.length === 1 && only.length <= MAX_ID ? only : digest(JSON.stringify(ids));
  }
  // Without spaces in them, texts with a space between can be taken apart in one way only.
  const readable = fields.flat().join(' ');
  const isPlain = fields.every((values) => values.length === 1 && !/\s/.test(values[0] ?? ''));
  return isPlain && readable.length <= MAX_ID ? readable : digest(JSON.stringify(fields));
}

function isWhole(values: (string | null)[]): values is string[] {
  return values.length > 0 && values.every((value) => value !== null && value !== '');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

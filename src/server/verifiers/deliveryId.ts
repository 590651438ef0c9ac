import { createHash } from 'node:crypto';
import { idSources, placesOfId } from '../../common/idPlaces';
import type { IdPlace, SignatureScheme } from '../../common/presets';
import { textDigest } from '../textDigest';
import type { Sources } from './Sources';
import type { Content } from './template';

/** Longest id that is kept as it is. */
const MAX_ID = 200;

/**
 * What the provider calls this delivery: the first of the scheme's places that is there. A batch is known by all of
 * its ids together, because the next batch may hold one of them beside new ones.
 * @param signed what the signature is over, without a secret; left out: nothing is signed
 */
export function deliveryId(
  scheme: Pick<SignatureScheme, 'id' | 'content' | 'alternatives'>,
  sources: Sources,
  signed?: () => Content,
): string | null {
  for (const place of placesOfId(scheme)) {
    const id = idAt(place, sources, signed);
    if (id !== null) {
      return id;
    }
  }
  return null;
}

function idAt(place: IdPlace, sources: Sources, signed?: () => Content): string | null {
  if (place === 'signed') {
    return signed ? digest(...signed()) : null;
  }
  const fields = idSources(place).map((source) => (source === 'body' ? bodyOf(sources) : sources.all(source)));
  if (!fields.every(isWhole)) {
    return null;
  }
  const [ids = []] = fields;
  if (fields.length === 1) {
    const [only = ''] = ids;
    return ids.length === 1 && only.length <= MAX_ID ? only : textDigest(JSON.stringify(ids));
  }
  // Without spaces in them, texts with a space between can be taken apart in one way only.
  const readable = fields.flat().join(' ');
  const isPlain = fields.every((values) => values.length === 1 && !/\s/.test(values[0] ?? ''));
  return isPlain && readable.length <= MAX_ID ? readable : textDigest(JSON.stringify(fields));
}

function isWhole(values: readonly (string | null)[]): values is readonly string[] {
  return values.length > 0 && values.every((value) => value !== null && value !== '');
}

function bodyOf({ request: { rawBody } }: Sources): string[] {
  return rawBody.length > 0 ? [digest(rawBody)] : [];
}

/** Of bytes as they were sent. */
function digest(...pieces: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  pieces.forEach((piece) => hash.update(piece));
  return hash.digest('hex');
}

import { WebhookError } from '../../../common/errors';
import { percentDecode } from '../../units';
import { because } from '../../../common/reasons/reason';

/** A field of a form or query, its name and value as bytes. */
export type RawField = readonly [name: Buffer, value: Buffer];

/** Fields of a form or query: enough for real ones, few enough to be read quickly. */
export const MAX_FIELDS = 2_000;

const [AMPERSAND, EQUALS] = [0x26, 0x3d];

/**
 * The names and values of a form or query (https://url.spec.whatwg.org/#urlencoded-parsing), as the bytes that they were
 * before they were encoded: what is no escape stays. Throws `BODY_MALFORMED` for too many.
 */
export function readPairs(encoded: Buffer): RawField[] {
  const pairs: RawField[] = [];
  let start = 0;
  let equals = -1;
  for (let at = 0; at <= encoded.length; at += 1) {
    const byte = at === encoded.length ? AMPERSAND : encoded[at];
    if (byte === EQUALS && equals < 0) {
      equals = at;
    }
    if (byte === AMPERSAND) {
      if (at > start) {
        const nameEnd = equals < 0 ? at : equals;
        pairs.push([
          percentDecode(encoded.subarray(start, nameEnd)),
          percentDecode(encoded.subarray(Math.min(at, nameEnd + 1), at)),
        ]);
      }
      if (pairs.length > MAX_FIELDS) {
        throw new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: 'fields' }) });
      }
      start = at + 1;
      equals = -1;
    }
  }
  return pairs;
}

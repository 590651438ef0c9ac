import type { SignatureScheme } from '../../common/presets';
import { timeUnit } from '../../common/timeUnits';
import { checkTime, refuse } from './providers/fields';
import { itemWith } from './signatureItem';
import type { SignatureItems } from './signatures';
import type { Sources } from './Sources';
import type { NotVerified } from './types';

/**
 * The signed time as received, checked against the clock; null: the scheme has none.
 * `tolerance` (seconds) goes before the scheme's own; 0 in either switches the check off.
 */
export function readTime(
  scheme: SignatureScheme,
  { items }: SignatureItems,
  sources: Sources,
  { now, tolerance }: { now: number; tolerance?: number },
): string | null | NotVerified {
  const { ts } = scheme;
  if (!ts) {
    return null;
  }
  const text = ts.from.startsWith('sig:') ? itemWith(items, ts.from.slice('sig:'.length)) : sources.one(ts.from);
  const allowed = tolerance ?? ts.tol;
  if (typeof text !== 'string') {
    return text;
  }
  const { parse, unchecked, label } = timeUnit(ts.unit);
  const seconds = allowed === 0 && !unchecked.test(text) ? null : parse(text);
  return seconds === null ? refuse('TIMESTAMP_MALFORMED', { form: label }) : (checkTime(seconds, now, allowed) ?? text);
}

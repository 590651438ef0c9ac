import type { SignatureScheme } from '../../common/presets';
import { checkTime, refuse } from './providers/fields';
import type { SignatureItems } from './signatures';
import type { Sources } from './Sources';
import type { NotVerified } from './types';

/** Digits of a time in milliseconds until the year 5138; more than that is no time. */
const TIME = /^\d{1,14}$/;

/**
 * Times from 2001 to 2286, all of one length. Where nothing bounds a time, it must not be possible to move digits
 * between it and what is signed next to it, such as Mailgun's token, by which a repeat is known.
 */
const UNCHECKED = { s: /^\d{10}$/, ms: /^\d{13}$/ };

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
  const text = ts.from.startsWith('sig:') ? fromItems(items, ts.from.slice('sig:'.length)) : sources.one(ts.from);
  const allowed = tolerance ?? ts.tol;
  if (typeof text !== 'string') {
    return text;
  }
  const { unit = 's' } = ts;
  if (!(allowed === 0 ? UNCHECKED[unit] : TIME).test(text)) {
    return refuse(`The signed time is not a number of ${unit === 'ms' ? 'milliseconds' : 'seconds'}.`);
  }
  return checkTime(Number(text) / (unit === 'ms' ? 1000 : 1), now, allowed) ?? text;
}

function fromItems(items: readonly string[], prefix: string): string | NotVerified {
  const [item, ...more] = items.filter((candidate) => candidate.startsWith(prefix));
  if (more.length > 0) {
    return refuse(`There is more than one "${prefix}" beside the signature.`);
  }
  const text = item?.slice(prefix.length);
  return text ? text : refuse(`There is no "${prefix}" beside the signature.`);
}

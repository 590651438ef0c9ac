import type { SignatureScheme } from '../../common/presets';
import { timeUnit } from '../../common/timeUnits';
import { checkTime, refuse } from './providers/fields';
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
  const text = ts.from.startsWith('sig:') ? fromItems(items, ts.from.slice('sig:'.length)) : sources.one(ts.from);
  const allowed = tolerance ?? ts.tol;
  if (typeof text !== 'string') {
    return text;
  }
  const { parse, unchecked, label } = timeUnit(ts.unit);
  const seconds = allowed === 0 && !unchecked.test(text) ? null : parse(text);
  return seconds === null
    ? refuse(`The signed time is not written as ${label}.`)
    : (checkTime(seconds, now, allowed) ?? text);
}

/** The item with this prefix, or `#2`: the second one. */
function fromItems(items: readonly string[], prefix: string): string | NotVerified {
  const [, position] = /^#(\d{1,2})$/.exec(prefix) ?? [];
  if (position !== undefined) {
    return (
      items[Number(position) - 1] || refuse(`There are fewer than ${position} items in the place of the signature.`)
    );
  }
  const [item, ...more] = items.filter((candidate) => candidate.startsWith(prefix));
  if (more.length > 0) {
    return refuse(`There is more than one "${prefix}" beside the signature.`);
  }
  const text = item?.slice(prefix.length);
  return text ? text : refuse(`There is no "${prefix}" beside the signature.`);
}

import { refuse } from './providers/fields';
import type { NotVerified } from './types';

/** The item with this prefix, or `#2`: the second one. */
export function itemWith(items: readonly string[], prefix: string): string | NotVerified {
  const [, position] = /^#(\d{1,2})$/.exec(prefix) ?? [];
  if (position !== undefined) {
    return items[Number(position) - 1] || refuse('VALUE_MISSING', { place: `sig:${prefix}` });
  }
  const [item, ...more] = items.filter((candidate) => candidate.startsWith(prefix));
  if (more.length > 0) {
    return refuse('VALUE_REPEATED', { place: `sig:${prefix}` });
  }
  const text = item?.slice(prefix.length);
  return text ? text : refuse('VALUE_MISSING', { place: `sig:${prefix}` });
}

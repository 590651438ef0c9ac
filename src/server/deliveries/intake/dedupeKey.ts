import { createHash } from 'node:crypto';
import type { DedupeConfig } from '../../../common/config';
import type { Parsed } from '../../pipeline/types';

/** A value as long as that is no key. */
const MAX_KEY = 1_000;

/**
 * What tells a repeat of this delivery from another one, by the webhook's setting; null: nothing does, so
 * it is taken for a new one.
 */
export function dedupeKeyOf(delivery: Parsed, { key }: DedupeConfig): string | null {
  const value = key === '' ? delivery.verification.deliveryId : valueAt(delivery, key);
  if (typeof value !== 'string' && typeof value !== 'number') {
    return null;
  }
  const text = String(value);
  return text === '' || text.length > MAX_KEY ? null : text;
}

/** What is unique in the database while the window lasts: one per webhook and key, of one length. */
export function dedupeSlotOf(workflowKey: string, dedupeKey: string): string {
  return createHash('sha256').update(`${workflowKey}\n${dedupeKey}`).digest('hex');
}

function valueAt({ headers, query, data }: Parsed, key: string): unknown {
  const place = key.slice(0, key.indexOf(':'));
  const name = key.slice(place.length + 1);
  switch (place) {
    case 'header':
      return headers[name.toLowerCase()];
    case 'query':
      return query[name];
    default:
      return name.split('.').reduce<unknown>((value, part) => memberOf(value, part), data);
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

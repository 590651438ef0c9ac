import { DELIVERY_STATUSES, firstIdAt, type DeliveryStatus } from '../../common/deliveries';

/** What the page's filter bar is set to. */
export interface DeliveryFilters {
  /** The workflow key. */
  key?: string;
  statuses?: DeliveryStatus[];
  /** Codes of the catalogue of reasons. */
  reasons?: string[];
  /** Milliseconds since 1970; `to` is not part of it. */
  from?: number;
  to?: number;
  address?: string;
  text?: string;
}

/** Where a text is looked for. */
const SEARCHED = ['path', 'dedupeKey', 'event', 'body'];

/** The filter in NocoBase's own form. */
export function toFilter({
  key,
  statuses,
  reasons,
  from,
  to,
  address,
  text,
}: DeliveryFilters): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [];
  if (key) {
    conditions.push({ key });
  }
  if (statuses && statuses.length > 0) {
    conditions.push({ 'status.$in': statuses });
  }
  if (reasons && reasons.length > 0) {
    conditions.push({ 'reasonCode.$in': reasons });
  }
  // Ids are in order of time and have an index, which times have not.
  if (from !== undefined) {
    conditions.push({ 'id.$gte': firstIdAt(from) });
  }
  if (to !== undefined) {
    conditions.push({ 'id.$lt': firstIdAt(to) });
  }
  if (address?.trim()) {
    conditions.push({ 'ip.$includes': address.trim() });
  }
  if (text?.trim()) {
    conditions.push({ $or: SEARCHED.map((field) => ({ [`${field}.$includes`]: text.trim() })) });
  }
  return conditions.length === 0 ? {} : { $and: conditions };
}

/** The filters that a link to the page names in its query: `key`, and `statuses` with commas between. */
export function filtersIn(search: string): DeliveryFilters {
  const query = new URLSearchParams(search);
  const key = query.get('key');
  const named = (query.get('statuses') ?? '').split(',');
  const statuses = DELIVERY_STATUSES.filter((status) => named.includes(status));
  return { ...(key ? { key } : {}), ...(statuses.length > 0 ? { statuses } : {}) };
}

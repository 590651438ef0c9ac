import { isRecord } from '../../common/rules';

/** The fields of a delivery's line in the log. */
export const SUMMARY_FIELDS = [
  'id',
  'key',
  'workflowId',
  'executionId',
  'status',
  'reason',
  'method',
  'path',
  'ip',
  'contentType',
  'provider',
  'dedupeKey',
  'replayOf',
  'attempts',
  'responseStatus',
  'receivedAt',
  'startedAt',
  'finishedAt',
  'durationMs',
] as const;

/** All that anybody is shown of a delivery. What is not here can't be searched either: that would give it away bit by bit. */
export const SHOWN_FIELDS = [
  ...SUMMARY_FIELDS,
  'params',
  'query',
  'headers',
  'body',
  'bodyEncoding',
  'secretName',
  'responseHeaders',
  'responseBody',
  'expiresAt',
] as const;

const SHOWN = new Set<string>(SHOWN_FIELDS);
const SORTABLE = new Set<string>(SUMMARY_FIELDS);

/** The first field of a filter, in NocoBase's own form, that may not be searched; null: all may be. */
export function forbiddenField(filter: unknown): string | null {
  if (Array.isArray(filter)) {
    return firstOf(filter, forbiddenField);
  }
  if (!isRecord(filter)) {
    return null;
  }
  return firstOf(Object.entries(filter), ([key, value]) => {
    if (key === '$and' || key === '$or' || key === '$not') {
      return forbiddenField(value);
    }
    return SHOWN.has(key.split('.')[0] ?? '') ? null : key;
  });
}

/** The sort order that was asked for, as a list; null: one that is not offered. */
export function sortOf(sort: unknown): string[] | null {
  const wanted = (Array.isArray(sort) ? sort : typeof sort === 'string' ? sort.split(',') : []).map(String);
  // Ids are in order of arrival, and the index that every list needs.
  const order = wanted.length > 0 ? wanted : ['-id'];
  return order.every((field) => SORTABLE.has(field.replace(/^-/, '')))
    ? order.map((field) => field.replace('receivedAt', 'id'))
    : null;
}

/**
 * How a repository's `find` is told a sort order. By id it is told past NocoBase, whose own `sort` puts empty values last
 * (`NULLS LAST`, `ISNULL(id)`): no index is in that order, and the newest page of a million would take sorting them all.
 */
export function orderOf(sort: readonly string[]): { sort: string[] } | { parseSort: false; order: [string, string][] } {
  const [first] = sort;
  return first === 'id' || first === '-id'
    ? { parseSort: false, order: [['id', first === 'id' ? 'ASC' : 'DESC']] }
    : { sort: [...sort] };
}

/** Those of the fields asked for that are shown; without a wish, a line's. */
export function fieldsOf(fields: unknown): string[] {
  const wanted = (Array.isArray(fields) ? fields : typeof fields === 'string' ? fields.split(',') : []).map(String);
  return wanted.length > 0 ? ['id', ...wanted.filter((name) => SHOWN.has(name) && name !== 'id')] : [...SUMMARY_FIELDS];
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

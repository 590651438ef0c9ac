import type { FilterType } from './filterValues';

/** The fields of a delivery's line in the log. */
const SUMMARY_FIELDS = [
  'id',
  'key',
  'workflowId',
  'executionId',
  'executionIds',
  'status',
  'reason',
  'method',
  'path',
  'ip',
  'contentType',
  'provider',
  'event',
  'dedupeKey',
  'replayOf',
  'attempts',
  'nextAttemptAt',
  'responseStatus',
  'receivedAt',
  'startedAt',
  'finishedAt',
  'durationMs',
  'erasedAt',
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
  'responseEncoding',
  'expiresAt',
] as const;

/** By which of these can be filtered, and what they hold. */
export const FILTER_TYPES: Readonly<Record<(typeof SHOWN_FIELDS)[number], FilterType>> = {
  id: 'uuid',
  key: 'text',
  workflowId: 'bigint',
  executionId: 'bigint',
  executionIds: 'none',
  status: 'text',
  reason: 'text',
  method: 'text',
  path: 'text',
  ip: 'text',
  contentType: 'text',
  provider: 'text',
  event: 'text',
  dedupeKey: 'text',
  replayOf: 'uuid',
  attempts: 'integer',
  nextAttemptAt: 'date',
  responseStatus: 'integer',
  receivedAt: 'date',
  startedAt: 'date',
  finishedAt: 'date',
  durationMs: 'bigint',
  erasedAt: 'date',
  params: 'none',
  query: 'none',
  headers: 'none',
  body: 'text',
  bodyEncoding: 'text',
  secretName: 'text',
  responseHeaders: 'none',
  responseBody: 'text',
  responseEncoding: 'text',
  expiresAt: 'date',
};

const SHOWN = new Set<string>(SHOWN_FIELDS);
const SORTABLE = new Set<string>(SUMMARY_FIELDS);

/** So many fields at most make a sort order. */
const MAX_SORTED = 10;

/** The sort order that was asked for, as a list; null: one that is not offered. */
export function sortOf(sort: unknown): string[] | null {
  if (sort !== undefined && typeof sort !== 'string' && !Array.isArray(sort)) {
    return null;
  }
  const given: unknown[] = typeof sort === 'string' ? sort.split(',').filter((field) => field !== '') : (sort ?? []);
  if (given.length > MAX_SORTED || !given.every((field) => typeof field === 'string')) {
    return null;
  }
  const wanted = given as string[];
  // Ids begin with the time of arrival, and have the index that every list needs.
  const order = wanted.length > 0 ? wanted : ['-id'];
  return order.every((field) => SORTABLE.has(field.replace(/^-/, '')))
    ? order.map((field) => field.replace('receivedAt', 'id'))
    : null;
}

/**
 * How a repository's `find` is told a sort order. By id, or by position, it is told past NocoBase, whose own `sort` puts empty values last
 * (`NULLS LAST`, `ISNULL(id)`): no index is in that order, and the newest page of a million would take sorting them all.
 */
export function orderOf(sort: readonly string[]): { sort: string[] } | { parseSort: false; order: [string, string][] } {
  const [first] = sort;
  const field = first?.replace(/^-/, '') ?? '';
  return field === 'id' || field === 'position'
    ? { parseSort: false, order: [[field, first === field ? 'ASC' : 'DESC']] }
    : { sort: [...sort] };
}

/** The fields that were asked for, once each; without a wish, a line's. Null: one that is not shown, or no list of names. */
export function fieldsOf(fields: unknown): string[] | null {
  if (fields === undefined || fields === '') {
    return [...SUMMARY_FIELDS];
  }
  const wanted: unknown[] =
    typeof fields === 'string'
      ? fields.split(',').map((name) => name.trim())
      : Array.isArray(fields)
        ? fields
        : [fields];
  // MariaDB fails where a field is named twice, PostgreSQL beyond 1,664 of them.
  return wanted.every(isShown) ? [...new Set(['id', ...wanted])] : null;
}

function isShown(name: unknown): name is string {
  return typeof name === 'string' && SHOWN.has(name);
}

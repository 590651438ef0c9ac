import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION, FAILED_STATUSES, REDACTED } from '../../../common/deliveries';
import { headersForWorkflow } from '../../credentials/headers';
import type { Endpoint } from '../../endpoints/Endpoint';
import { formatOf, mediaTypeOf } from '../../../common/contentTypes';
import { maxDepthOn } from '../../nesting';
import { parseBody } from '../../parsers';
import { bodyRules } from '../../parsers/bodyRules';
import type { WebhookContext } from '../../pipeline/types';
import { namedValues } from '../../templates/namedValues';
import type { WorkflowEngine } from '../execution/WorkflowEngine';
import { orderKeyOf } from '../model/order';
import { redactHeaders, redactQuery } from '../model/redaction';
import { bodyBytes } from '../model/rows';
import type { DeliveryRow } from '../model/delivery';

/** Parts of `$context` that take the place of what was received. */
export type ReplayEdits = Partial<Pick<WebhookContext, 'data' | 'headers' | 'query' | 'params'>>;

/** Why a delivery can't be replayed. */
export class ReplayError extends Error {
  constructor(readonly code: 'NOT_FOUND' | 'ERASED' | 'WEBHOOK_DISABLED' | 'BODY_NOT_RECORDED') {
    super(code);
    this.name = 'ReplayError';
  }
}

/** A replay: a delivery of its own that points at the old one. */
export interface Replay {
  row: DeliveryRow;
  endpoint: Endpoint;
  context: WebhookContext;
  /** The failed one whose repeats are this one's from here on; null: they stay that one's. */
  replaced: Pick<DeliveryRow, 'id' | 'dedupeSlot' | 'bodyDigest'> | null;
}

/**
 * Makes a new delivery of a stored one, for the webhook's current version. What the workflow saw is taken
 * from its execution; where that is deleted, from the stored request, whose credentials are gone. Variables with an alias
 * are those of the current version.
 * @param deliveryId the new one's
 */
export async function replayOf(
  id: string,
  deliveryId: string,
  asked: ReplayEdits,
  { db, engine, endpointOf }: { db: Database; engine: WorkflowEngine; endpointOf(key: string): Endpoint | undefined },
): Promise<Replay> {
  const stored = (await db.getRepository(DELIVERIES_COLLECTION).findOne({ filterByTk: id }))?.get() as
    DeliveryRow | undefined;
  if (!stored) {
    throw new ReplayError('NOT_FOUND');
  }
  if (stored.erasedAt !== null) {
    throw new ReplayError('ERASED');
  }
  const endpoint = endpointOf(stored.key);
  if (!endpoint) {
    throw new ReplayError('WEBHOOK_DISABLED');
  }
  const edits = asked.headers ? { ...asked, headers: lowerCaseNames(asked.headers) } : asked;
  const seen = await seenBefore(stored, engine);
  if (!seen && stored.body === null && stored.contentType !== null && edits.data === undefined) {
    throw new ReplayError('BODY_NOT_RECORDED');
  }
  const receivedAt = new Date();
  const maxDepth = maxDepthOn(db.sequelize.getDialect());
  const before = seen ?? rebuilt(stored, edits, endpoint, maxDepth);
  const request = { ...before, ...withCredentialsOf(before, edits, endpoint) };
  const context: WebhookContext = {
    ...request,
    vars: namedValues(endpoint.variables, request),
    deliveryId,
    receivedAt: receivedAt.toISOString(),
  };
  const replaced = stored.dedupeSlot !== null && FAILED_STATUSES.includes(stored.status) ? stored : null;
  const orderKey = orderKeyOfReplay(stored, edits, request, endpoint, maxDepth);
  const row = replayRow(stored, edits, endpoint, { id: deliveryId, receivedAt, orderKey });
  return { row: replaced ? untilForgotten(row, endpoint) : row, endpoint, context, replaced };
}

/**
 * Who edits sees credentials as `[redacted]`: what is left so stays what the workflow saw the first time, as far as
 * the webhook's current version lets it see credentials.
 */
function withCredentialsOf(
  before: Pick<WebhookContext, 'headers' | 'query'>,
  edits: ReplayEdits,
  { config }: Endpoint,
): ReplayEdits & Pick<WebhookContext, 'headers'> {
  const { headers, query } = edits;
  return {
    ...edits,
    headers: headersForWorkflow(headers ? unredacted(headers, before.headers) : before.headers, config),
    ...(query ? { query: unredacted(query, before.query) } : {}),
  };
}

/** As a request's: whatever an editor makes of them, one name is one header. */
function lowerCaseNames<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function unredacted<T>(edited: Record<string, T>, before: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(edited).map(([name, value]) => [name, value === REDACTED ? (before[name] ?? value) : value]),
  );
}

/** The `$context` of the first time, if it is still there. */
async function seenBefore(
  { context, executionId }: DeliveryRow,
  engine: WorkflowEngine,
): Promise<WebhookContext | null> {
  if (context !== null) {
    return JSON.parse(context) as WebhookContext;
  }
  const execution = executionId === null ? null : await engine.find(executionId);
  return execution ? (execution.context as WebhookContext) : null;
}

function rebuilt(
  stored: DeliveryRow,
  edits: ReplayEdits,
  { config }: Endpoint,
  maxDepth: number,
): Omit<WebhookContext, 'deliveryId' | 'receivedAt' | 'vars'> {
  const body = bodyBytes(stored) ?? Buffer.alloc(0);
  const { data, uploads } = parseBody(body, stored.contentType ?? undefined, bodyRules(config, maxDepth));
  // The bytes of its files are not kept with it.
  if (uploads.length > 0 && edits.data === undefined) {
    throw new ReplayError('BODY_NOT_RECORDED');
  }
  const { headers, query, params, method, path, ip, provider, event } = stored;
  return { data, headers, query, params, method, path, ip, provider, event, files: [] };
}

/**
 * By what the current version says it waits for: looked for in what the workflow is to see. What ran in that version and
 * was not edited waits for the same as before where that finds nothing: credentials are not kept.
 */
function orderKeyOfReplay(
  stored: DeliveryRow,
  edits: ReplayEdits,
  { data, headers, query, params }: Pick<WebhookContext, 'data' | 'headers' | 'query' | 'params'>,
  endpoint: Endpoint,
  maxDepth: number,
): string | null {
  const { contentType } = stored;
  const rawBody = edits.data === undefined ? bodyBytes(stored) : Buffer.from(JSON.stringify(edits.data));
  const request = {
    data,
    headers,
    query,
    params,
    format: contentType === null ? null : formatOf(mediaTypeOf(contentType)),
    sourceData: () => (edits.data === undefined ? sentData(stored, data, endpoint, maxDepth) : data),
    rawBody: rawBody ?? Buffer.alloc(0),
    partsDigest: undefined,
    endpoint,
    verification: {},
  };
  const isAsBefore = Object.keys(edits).length === 0 && String(stored.workflowId) === String(endpoint.workflowId);
  return orderKeyOf(request, endpoint) ?? (isAsBefore && endpoint.config.orderBy !== null ? stored.orderKey : null);
}

/** The stored body with the digits that were sent; `data` where it isn't there, or can't be read any more. */
function sentData(stored: DeliveryRow, data: unknown, { config }: Endpoint, maxDepth: number): unknown {
  const body = bodyBytes(stored);
  try {
    const rules = { ...bodyRules(config, maxDepth), numbers: 'source' as const };
    return body?.length ? parseBody(body, stored.contentType ?? undefined, rules).data : data;
  } catch {
    return data;
  }
}

/** A row has to be there as long as repeats are to be known by it. */
function untilForgotten(row: DeliveryRow, { config }: Endpoint): DeliveryRow {
  const windowMs = (config.dedupe?.window ?? 0) * 1_000;
  return { ...row, expiresAt: new Date(Math.max(row.expiresAt.getTime(), row.receivedAt.getTime() + windowMs)) };
}

function replayRow(
  stored: DeliveryRow,
  edits: ReplayEdits,
  { workflowId, config }: Endpoint,
  fields: Pick<DeliveryRow, 'id' | 'receivedAt' | 'orderKey'>,
): DeliveryRow {
  const { key, method, path, ip, provider, event, secretName, body, bodyEncoding, contentType } = stored;
  const isEdited = edits.data !== undefined;
  return {
    ...fields,
    key,
    workflowId,
    method,
    path,
    ip,
    provider,
    event,
    secretName,
    params: edits.params ?? stored.params,
    query: edits.query ? redactQuery(edits.query, config.auth) : stored.query,
    headers: edits.headers ? redactHeaders(edits.headers, config.auth) : stored.headers,
    contentType: isEdited ? 'application/json' : contentType,
    body: isEdited ? JSON.stringify(edits.data) : body,
    bodyEncoding: isEdited ? 'utf8' : bodyEncoding,
    status: 'received',
    replayOf: stored.id,
    expiresAt: new Date(fields.receivedAt.getTime() + config.record.retentionDays * 86_400_000),
    executionId: null,
    executionIds: null,
    reason: null,
    context: null,
    dedupeKey: null,
    dedupeSlot: null,
    bodyDigest: null,
    owner: null,
    onInterruption: null,
    retry: null,
    attempts: 0,
    nextAttemptAt: null,
    takeovers: 0,
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    responseEncoding: null,
    repeatAnswer: null,
    erasedAt: null,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
  };
}

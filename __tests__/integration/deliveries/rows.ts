import type { DeliveryRow, ExecutionRow, PlannedStart } from '../../../src/server/deliveries/model/delivery';
import { newDeliveryId } from '../../../src/server/deliveries/model/ids';

/** A delivery that waits to be started. */
export function delivery(fields: Partial<DeliveryRow> = {}): DeliveryRow {
  const receivedAt = new Date();
  return {
    id: newDeliveryId(),
    key: 'k',
    workflowId: 1,
    executionId: null,
    executionIds: null,
    status: 'received',
    reason: null,
    method: 'POST',
    path: '/api/webhooks/k',
    ip: '::1',
    params: {},
    query: { q: ['a', { b: "it's \\ $1 ? :x" }] },
    headers: { 'x-a': 'b' },
    contentType: 'application/json',
    body: '{"emoji":"🚲","quote":"\'\\"","dollar":"$1 $2 ?"}',
    bodyEncoding: 'utf8',
    context: JSON.stringify({ data: { text: "O'Neill \\ \u0001 🚲 $1" } }),
    provider: null,
    event: null,
    secretName: null,
    dedupeKey: null,
    dedupeSlot: null,
    bodyDigest: null,
    replayOf: null,
    orderKey: null,
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
    receivedAt,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    expiresAt: new Date(receivedAt.getTime() + 86_400_000),
    ...fields,
  };
}

/** How it is to be started, for the first time unless told otherwise. */
export function planOf(
  row: DeliveryRow,
  fields: Partial<PlannedStart> = {},
): PlannedStart & { execution: ExecutionRow } {
  const { id, attempts, executionIds } = row;
  const delivery = { id, attempts, executionIds: executionIds ?? [] };
  return { delivery, execution: execution(row), onInterruption: 'resume', retry: null, ...fields };
}

let nextExecution = 399498342760448;

/** The execution that is to be made of it. */
export function execution({ id, key, context }: DeliveryRow): ExecutionRow {
  const now = new Date();
  return {
    id: nextExecution++,
    workflowId: 1,
    key,
    eventKey: id,
    context: context ?? '{}',
    status: 0,
    dispatched: true,
    startedAt: now,
    expiresAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

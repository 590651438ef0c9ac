import { setTimeout as delay } from 'node:timers/promises';
import { OPEN_STATUSES } from '../../../common/deliveries';
import type { WebhookFile } from '../../files/FileStore';
import type { WebhookContext } from '../../pipeline/types';
import type { WorkflowEngine } from '../execution/WorkflowEngine';
import type { OriginalDelivery } from '../model/delivery';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { Erasable, ErasedRow, ErasureStore } from '../store/ErasureStore';

/** So many are erased in one transaction. */
const BATCH = 100;

/** How long it is waited for the end of what was cancelled, and how often looked, in milliseconds. */
const END_WAIT_MS = 5_000;
const LOOK_MS = 50;

export interface EraseOptions {
  /** Also the executions: what the workflow saw, and what its nodes came to. */
  execution: boolean;
  /** Cancels those that have not ended; else they stay as they are. */
  cancel: boolean;
}

export interface ErasureParts {
  erasure: ErasureStore;
  store: DeliveryStore;
  engine: WorkflowEngine;
  /** Keeps one from starting, or ends it, and has what is behind it go on. */
  cancel(id: string): Promise<unknown>;
  /** Deletes stored files. */
  discard(files: readonly WebhookFile[]): Promise<void>;
  /** The status that a repeat of an ended one is answered with, where its answer isn't kept. */
  statusOfRun(original: OriginalDelivery): Promise<number>;
}

/** What became of those that were to be erased. */
export interface Erased {
  erased: number;
  /** Left as they are: they have not ended. */
  open: number;
}

/** Takes what is personal out of these deliveries; those that aren't there are left out. */
export async function erase(ids: readonly string[], options: EraseOptions, parts: ErasureParts): Promise<Erased> {
  const total: Erased = { erased: 0, open: 0 };
  for (let offset = 0; offset < ids.length; offset += BATCH) {
    const { erased, open } = await eraseSome(ids.slice(offset, offset + BATCH), options, parts);
    total.erased += erased;
    total.open += open;
  }
  return total;
}

async function eraseSome(ids: readonly string[], options: EraseOptions, parts: ErasureParts): Promise<Erased> {
  const found = await parts.erasure.read(ids);
  // Before they are cancelled: one that has not started holds them itself.
  const files = new Map<string, readonly WebhookFile[]>();
  for (const row of found) {
    files.set(row.id, await filesOf(row, parts.engine));
  }
  const rows = options.cancel ? await cancelled(found, parts) : found;
  const ended = rows.filter(({ status }) => !OPEN_STATUSES.includes(status));
  const erased = await Promise.all(ended.map((row) => erasedRow(row, parts)));
  const executionIds = options.execution ? ended.flatMap(executionsOf) : [];
  await parts.erasure.erase(erased, executionIds, new Date());
  await parts.discard(ended.flatMap(({ id }) => files.get(id) ?? []));
  return { erased: ended.length, open: rows.length - ended.length };
}

/** Of all attempts. */
function executionsOf({ executionId, executionIds }: Erasable): readonly (number | string)[] {
  return executionIds?.length ? executionIds : executionId === null ? [] : [executionId];
}

async function cancelled(rows: readonly Erasable[], parts: ErasureParts): Promise<readonly Erasable[]> {
  const isOpen = ({ status }: Erasable) => OPEN_STATUSES.includes(status);
  const ids = rows.map(({ id }) => id);
  for (const { id } of rows.filter(isOpen)) {
    await parts.cancel(id);
  }
  const deadline = Date.now() + END_WAIT_MS;
  let now = rows;
  while (now.some(isOpen) && Date.now() < deadline) {
    await delay(LOOK_MS);
    now = await parts.erasure.read(ids);
  }
  return now;
}

async function filesOf({ contentType, context, executionId }: Erasable, engine: WorkflowEngine) {
  if (!contentType?.toLowerCase().startsWith('multipart/')) {
    return [];
  }
  const execution = executionId === null ? null : await engine.find(executionId);
  const seen = (context === null ? execution?.context : JSON.parse(context)) as Partial<WebhookContext> | undefined;
  return seen?.files ?? [];
}

async function erasedRow({ id, dedupeSlot }: Erasable, parts: ErasureParts): Promise<ErasedRow> {
  const original = dedupeSlot === null ? null : await parts.store.original(id);
  return {
    id,
    repeatStatus: original && (original.answer?.status ?? (await parts.statusOfRun(original))),
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Api, Dialect } from '../../scripts/host';
import type { WebhookConfigInput } from '../../src/common/config';
import { unique } from './hosts';

export interface WorkflowRecord {
  id: number;
  key: string;
  title: string;
  config: WebhookConfigInput;
  enabled: boolean;
}

export interface ExecutionRecord {
  id: number;
  key: string;
  status: number;
  eventKey: string;
  context: Record<string, unknown>;
}

/** Creates a webhook workflow, enabled unless told otherwise. */
export async function createWebhook(
  api: Api,
  config: WebhookConfigInput = {},
  {
    sync = false,
    enabled = true,
    title = unique('webhook '),
  }: { sync?: boolean; enabled?: boolean; title?: string } = {},
): Promise<WorkflowRecord> {
  return api.action<WorkflowRecord>('workflows:create', {
    title,
    type: 'webhook',
    sync,
    enabled,
    current: true,
    config,
  });
}

/** Adds a node behind the last one, or behind `upstreamId`. */
export async function addNode(
  api: Api,
  workflow: WorkflowRecord,
  node: { type: string; title?: string; config?: unknown; upstreamId?: number; branchIndex?: number | null },
): Promise<{ id: number; key: string }> {
  return api.action('workflows/' + workflow.id + '/nodes:create', { title: node.type, config: {}, ...node });
}

/** The workflow's executions, newest first, as soon as there are at least `count` and all have ended. */
export async function finishedExecutions(
  api: Api,
  key: string,
  count = 1,
  timeoutMs = 20_000,
): Promise<ExecutionRecord[]> {
  return waitFor(`${count} finished executions of ${key}`, timeoutMs, async () => {
    const executions = await listExecutions(api, key);
    const ended = executions.filter(({ status }) => status !== null && status !== 0);
    return ended.length >= count ? ended : null;
  });
}

/** How often a run by hand is tried on SQLite: there it is NocoBase itself that fails one whose write meets another. */
const HAND_ATTEMPTS = 3;

/** Executes a workflow by hand, as its editor does, until a run has ended; that run. */
export async function executedByHand(
  { api, database }: { api: Api; database: { dialect: Dialect } },
  { id, key }: Pick<WorkflowRecord, 'id' | 'key'>,
  values: object,
): Promise<ExecutionRecord> {
  const attempts = database.dialect === 'sqlite' ? HAND_ATTEMPTS : 1;
  for (let attempt = 1; ; attempt++) {
    await api.action('workflows:execute', values, { filterByTk: id });
    const [execution] = await finishedExecutions(api, key).catch((error: unknown) => {
      if (attempt >= attempts) {
        throw error;
      }
      return [];
    });
    if (execution) {
      return execution;
    }
  }
}

/** The workflow's executions as they are now, newest first, with their context. */
export async function listExecutions(api: Api, key: string): Promise<ExecutionRecord[]> {
  return api.get<ExecutionRecord[]>('executions:list', {
    filter: JSON.stringify({ key }),
    sort: '-id',
    pageSize: 200,
    except: '',
  });
}

/** What `probe` gives as soon as it gives something; throws past the time. */
export async function waitFor<T>(
  what: string,
  timeoutMs: number,
  probe: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
    }
    await delay(50);
  }
}

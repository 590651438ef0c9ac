// Framework-free: what the deliveries page and the server say to each other.

import type { BodyEncoding, DeliveryStatus } from './deliveries';

/** NocoBase resource with the actions `list`, `get`, `replay`, `replayMany`, `replayProgress`, `stopReplay`, `cancel`, `erase`, `eraseMany`. */
export const DELIVERIES_RESOURCE = 'webhookDeliveries';

/** The parts of a request that a replay may be given in place of those that were stored. */
export const REPLAY_EDITS = ['data', 'headers', 'query', 'params'] as const;

/** NocoBase resource with the actions `list`, `pause`, `resume` and `unreadableSecrets`. */
export const ENDPOINTS_RESOURCE = 'webhookEndpoints';

/** The permission under which NocoBase lets people edit workflows: they may also see and replay deliveries. */
export const WORKFLOW_SNIPPET = 'pm.workflow.workflows';

/** A line of the log. */
export interface DeliverySummary {
  id: string;
  /** The workflow key. */
  key: string;
  workflowId: number | string | null;
  /** Of the workflow's current version; null: it is deleted. */
  workflowTitle: string | null;
  /** Of the last attempt, */
  executionId: number | string | null;
  /** and of all, in their order. */
  executionIds: (number | string)[] | null;
  status: DeliveryStatus;
  reason: string | null;
  method: string;
  path: string;
  ip: string;
  contentType: string | null;
  provider: string | null;
  /** The type of its event. */
  event: string | null;
  dedupeKey: string | null;
  replayOf: string | null;
  attempts: number;
  /** When it is tried again after its run failed; null: it doesn't wait for that. */
  nextAttemptAt: string | null;
  responseStatus: number | null;
  /** ISO 8601, as all times here. */
  receivedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  durationMs: number | string | null;
  /** Since when what is personal is gone. */
  erasedAt: string | null;
}

/** All that is kept of a delivery, credentials left out. */
export interface DeliveryDetail extends DeliverySummary {
  params: Record<string, string> | null;
  query: Record<string, unknown> | null;
  headers: Record<string, string | string[]> | null;
  body: string | null;
  bodyEncoding: BodyEncoding | null;
  /** Which of several secrets it was signed with. */
  secretName: string | null;
  responseHeaders: Record<string, string | string[]> | null;
  responseBody: string | null;
  responseEncoding: BodyEncoding | null;
  expiresAt: string | null;
}

/** What a replay has in place of what was received; what isn't named stays. */
export interface ReplayInput {
  /** The parsed body. */
  data?: unknown;
  headers?: Record<string, string | string[]>;
  query?: Record<string, unknown>;
  params?: Record<string, string>;
}

/** `interrupted`: NocoBase ended in between; what was replayed until then stays replayed. */
export type ReplayJobStatus = 'running' | 'finished' | 'stopped' | 'interrupted';

/** How far a replay of many has come. */
export interface ReplayJob {
  id: string;
  status: ReplayJobStatus;
  /** Deliveries that the filter found. */
  total: number;
  replayed: number;
  /** Those that could not be replayed, such as of a workflow that is switched off. */
  failed: number;
}

/** So many deliveries at most are replayed in one go. */
export const MAX_REPLAYS = 10_000;

/** What is erased besides the delivery itself. */
export interface EraseInput {
  /** Also what its executions hold: what the workflow saw, and what its nodes came to. */
  execution?: boolean;
  /** Cancels what has not ended; without it, that is left as it is. */
  cancel?: boolean;
}

/** What came of it. */
export interface Erased {
  erased: number;
  open: number;
}

/** So many deliveries at most are erased in one go. */
export const MAX_ERASED = 10_000;

/** An enabled webhook, with how its deliveries stand. */
export interface EndpointSummary {
  /** The workflow key. */
  key: string;
  workflowId: number | string;
  title: string;
  /** The custom path; empty: none. */
  path: string;
  methods: string[];
  sync: boolean;
  paused: boolean;
  /** Deliveries that are kept, by status; those with none are left out. */
  counts: Partial<Record<DeliveryStatus, number>>;
  /** Calls that started nothing and were only counted, by the instance that answers, since it started. */
  notRecorded: number;
}

/** Which of a webhook's stored secrets can't be read where they stand, as the configuration holds them (`sealed`). */
export interface UnreadableSecrets {
  unreadable: string[];
}

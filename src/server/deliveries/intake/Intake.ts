import { WebhookError } from '../../../common/errors';
import type { Endpoint } from '../../endpoints/Endpoint';
import { LeaseLost, type Lease } from '../concurrency/Lease';
import type { Claimer } from '../execution/backend';
import type { DeliveryRow, OriginalDelivery } from '../model/delivery';
import { weightOf } from '../model/rows';
import type { ReadyRun } from '../model/run';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { DuplicateRule } from './duplicates';
import type { Inbox } from './Inbox';
import { because } from '../../../common/reasons/reason';

/** A delivery that is to be stored. */
export interface NewDelivery {
  row: DeliveryRow;
  endpoint: Endpoint;
  /** The workflow's `$context`; the row needs no copy of it. */
  context: object;
  /** null: it has no dedupe slot. */
  rule: DuplicateRule | null;
}

/** What became of it: stored, with its run where a caller waits for one; or the earlier one that it is a duplicate of. */
export type Recorded = { original: null; run: ReadyRun | null } | { original: OriginalDelivery };

export interface IntakeParts {
  inbox: Inbox;
  store: DeliveryStore;
  claimer: Claimer;
  /** This instance. */
  owner: string;
  lease: Pick<Lease, 'isFresh' | 'confirm'>;
  isPaused(key: string): boolean;
}

/** Stores deliveries, and starts those whose caller waits in the same commit. */
export class Intake {
  constructor(private readonly parts: IntakeParts) {}

  /**
   * Stores an async delivery; once this resolves, it is safe and will run.
   * Rejects with `OVERLOADED` or `NOT_RECORDED`, both with `Retry-After`.
   */
  async record({ row, context, rule }: NewDelivery): Promise<Recorded> {
    const stored = { ...row, context: JSON.stringify(context) };
    const incoming = { row: stored, context, bytes: weightOf(stored), rule, execution: null };
    const original = await this.parts.inbox.put(incoming);
    return original ? { original } : { original, run: null };
  }

  /** Stores a delivery whose caller waits, together with its execution, in one commit. As `record`. */
  async recordStarted({ row, endpoint, context, rule }: NewDelivery): Promise<Recorded> {
    const { claimer, inbox, owner, lease, isPaused } = this.parts;
    if (!lease.isFresh) {
      await lease.confirm().catch((error: unknown) => {
        throw error instanceof LeaseLost
          ? new WebhookError('OVERLOADED', {
              reason: because('NOT_TAKEN_NOW', { detail: 'notRunning' }),
              cause: error,
              headers: { 'retry-after': '5' },
            })
          : error;
      });
    }
    if (isPaused(endpoint.key)) {
      throw new WebhookError('OVERLOADED', {
        reason: because('NOT_TAKEN_NOW', { detail: 'paused' }),
        headers: { 'retry-after': '60' },
      });
    }
    const { id, workflowId } = row;
    const delivery = {
      id,
      workflowId,
      attempts: 0,
      executionIds: [],
      orderKey: null,
      text: JSON.stringify(context),
      context,
    };
    const start = await claimer.startAtOnce({ endpoint, delivery });
    if (!start) {
      throw new WebhookError('WORKFLOW_FAILED', { reason: because('TRIGGER_REFUSED') });
    }
    const started: DeliveryRow = { ...row, status: 'started', owner, attempts: 1, ...start.fields };
    const bytes = weightOf(started) + 2 * delivery.text.length;
    const renumber = () => {
      start.renumber();
      Object.assign(started, start.fields);
    };
    const incoming = { row: started, context, bytes, rule, execution: start.execution, renumber };
    const original = await inbox.put(incoming);
    return original ? { original } : { original, run: start.run };
  }

  /** Whether a delivery is certainly not stored, now or later; false where the database can't be asked. */
  async isLost(id: string): Promise<boolean> {
    const { inbox, store } = this.parts;
    if (inbox.holds(id)) {
      return false;
    }
    return store.original(id).then(
      (found) => found === null,
      () => false,
    );
  }
}

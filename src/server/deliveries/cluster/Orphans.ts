import type { Database } from '@nocobase/database';
import type { WorkflowModel } from '@nocobase/plugin-workflow';
import type { Transaction } from 'sequelize';
import { Semaphore } from '../concurrency/Semaphore';
import type { Service } from '../concurrency/Service';
import { within } from '../concurrency/within';
import type { Completer } from '../execution/Completer';
import { interrupt } from '../execution/interrupt';
import type { WorkflowEngine } from '../execution/WorkflowEngine';
import type { DeliveryLog } from '../model/delivery';
import { FIRST_ID } from '../model/ids';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { OrphanStore } from '../store/OrphanStore';
import type { TransitionStore } from '../store/TransitionStore';
import { because } from '../../../common/reasons/reason';

const BATCH = 200;

/** How often it is looked while nothing speaks for it, in milliseconds. */
const RARELY_MS = 600_000;

/** A look that takes longer, in milliseconds, keeps the next one from nothing. */
const MAX_LOOK_MS = 60_000;

export interface OrphansParts {
  db: Database;
  store: OrphanStore;
  deliveries: Pick<DeliveryStore, 'nextIds'>;
  transitions: Pick<TransitionStore, 'cancelUnstarted'>;
  engine: WorkflowEngine;
  completer: Completer;
  log: DeliveryLog;
}

/**
 * Cancels what waits of workflows that were deleted: to be started, or in the middle of a run. What runs goes on to its
 * end, or to where it waits. It is looked at the start, when a workflow is deleted, for as long as something is found, and
 * now and then. What nobody told of has to be gone at two looks: a table may be empty while it is being filled.
 */
export class Orphans implements Service {
  /** What was found at the last look, */
  private suspects = new Set<string>();
  /** and what is known to be deleted since the look before. */
  private deleted = new Set<string>();
  private isDue = true;
  private nextLook = 0;
  private stopped = false;
  private readonly mutex = new Semaphore(1);

  constructor(private readonly parts: OrphansParts) {}

  start(): void {
    this.parts.db.on('workflows.afterDestroy', this.onDestroy);
  }

  stop(): void {
    this.stopped = true;
    this.parts.db.off('workflows.afterDestroy', this.onDestroy);
  }

  /** Looks, where there is a reason to. */
  async poll(now = Date.now()): Promise<void> {
    if (this.isDue || now >= this.nextLook) {
      const hangs = () => new Error(`not done within ${MAX_LOOK_MS} ms`);
      await this.mutex.run(() => within(MAX_LOOK_MS, this.look(now), hangs));
    }
  }

  private readonly onDestroy = (
    { id, key }: WorkflowModel,
    { transaction }: { transaction?: Transaction | null } = {},
  ): void => {
    const deleted = () => {
      this.deleted.add(nameOf('key', key)).add(nameOf('version', String(id)));
      this.isDue = true;
      setImmediate(() => {
        this.poll().catch((error: unknown) => this.reportLate(error));
      });
    };
    if (transaction) {
      transaction.afterCommit(deleted);
    } else {
      deleted();
    }
  };

  private async look(now: number): Promise<void> {
    const { store } = this.parts;
    const { deleted } = this;
    this.isDue = false;
    this.deleted = new Set();
    try {
      const [keys, versions] = [await store.keys(), await store.versions()];
      const known = new Set([...this.suspects, ...deleted]);
      this.suspects = new Set([
        ...keys.map((key) => nameOf('key', key)),
        ...versions.map((version) => nameOf('version', version)),
      ]);
      for (const key of keys.filter((name) => known.has(nameOf('key', name)))) {
        await this.orLater(() => this.cancelReceived(key));
      }
      for (const version of versions.filter((id) => known.has(nameOf('version', id)))) {
        await this.orLater(() => this.cancelWaiting(version));
      }
      this.isDue ||= this.suspects.size > 0;
      this.nextLook = now + RARELY_MS;
    } catch (error) {
      this.isDue = true;
      this.deleted = new Set([...deleted, ...this.deleted]);
      throw error;
    }
  }

  /** What fails of one workflow keeps no other's from it: it is found again at the next look. */
  private async orLater(cancel: () => Promise<void>): Promise<void> {
    try {
      await cancel();
    } catch (error) {
      this.reportLate(error);
    }
  }

  private reportLate(error: unknown): void {
    this.parts.log.warn('what waits of a deleted workflow could not be cancelled yet', { error });
  }

  private async cancelReceived(key: string): Promise<void> {
    const { deliveries, transitions, log } = this.parts;
    let count = 0;
    for (let ids = await deliveries.nextIds(key, BATCH); ids.length > 0 && !this.stopped;) {
      count += await transitions.cancelUnstarted(ids, because('WORKFLOW_DELETED'), new Date());
      ids = await deliveries.nextIds(key, BATCH);
    }
    if (count > 0) {
      log.info(`${count} webhook deliveries of a deleted workflow were cancelled`, { workflowKey: key });
    }
  }

  private async cancelWaiting(version: string): Promise<void> {
    let after = FIRST_ID;
    while (!this.stopped) {
      const found = await this.parts.store.waiting(version, after, BATCH);
      for (const { id, executionId } of found) {
        after = id;
        await interrupt({ id, status: 'cancelled', reason: because('WORKFLOW_DELETED') }, executionId, this.parts);
      }
      if (found.length < BATCH) {
        return;
      }
    }
  }
}

function nameOf(kind: 'key' | 'version', value: string): string {
  return `${kind} ${value}`;
}

import type { ExecutionModel } from '@nocobase/plugin-workflow';
import { backoff } from '../../concurrency/backoff';
import { LeaseLost, type Lease } from '../../concurrency/Lease';
import type { Service } from '../../concurrency/Service';
import type { DeliveryLog } from '../../model/delivery';
import { deliveryIdOf } from '../../model/ids';
import { isPassing, isUniqueError } from '../../store/databaseErrors';
import type { EndRow, Results, RunStore } from '../../store/RunStore';
import { because, type Reason } from '../../../../common/reasons/reason';
import { messageOf } from '../../../messageOf';

/** Once this instance stops, what can't be written is tried for so many milliseconds, this often. */
const PATIENCE_MS = 10_000;
const HURRIED_MS = 1_000;

/** An id that is taken is the run's own where an earlier try was stored after all; looked at so often. */
const MAX_TAKEN = 3;

const NONE: ReadonlySet<string> = new Set();

/** The execution that is written; its `eventKey` tells the delivery. */
type Written = Pick<ExecutionModel, 'id' | 'get'>;

export interface RunSaverParts {
  store: Pick<RunStore, 'save' | 'saveRemaining' | 'end' | 'endAlone'>;
  lease: Pick<Lease, 'isLost'>;
  log: DeliveryLog;
  /** Says of an open delivery what it waits for; null: of nothing any more. */
  note(id: string, reason: Reason | null): Promise<void>;
  /** A run waits, or no longer, for the database to take what it came to. */
  onStalled(id: string, isStalled: boolean): void;
}

/**
 * Writes what runs came to, and keeps it in hand until it is written: nodes that have been done are not done again because
 * the database takes nothing just now. What failed together is tried again each by itself. Rejects where an error is final
 * for what is written, and once this instance has stopped.
 */
export class RunSaver implements Service {
  private deadline = Infinity;
  private readonly sleepers = new Set<() => void>();

  constructor(private readonly parts: RunSaverParts) {}

  start(): void {}

  /** Tries what is in hand at once, and then for a short time only. */
  stop(): void {
    this.deadline = Date.now() + PATIENCE_MS;
    this.sleepers.forEach((wake) => wake());
  }

  /** What is in hand is another instance's to do. */
  abandon(): void {
    this.sleepers.forEach((wake) => wake());
  }

  /** Gives the ids of those new results whose ids others have: until they have other ones, none is stored. */
  async save(execution: Written, results: Results): Promise<ReadonlySet<string>> {
    const { store } = this.parts;
    const id = deliveryOf(execution);
    return this.keep(
      execution,
      async () => {
        await store.save(id, results);
        return NONE;
      },
      () => store.saveRemaining(id, results),
    );
  }

  /** As `RunStore.end`. */
  end(execution: Written, end: Omit<EndRow, 'id' | 'deliveryId'>): Promise<boolean> {
    const { store } = this.parts;
    const row = { id: execution.id, deliveryId: deliveryOf(execution), ...end };
    return this.keep(
      execution,
      () => store.end(row),
      () => store.endAlone(row),
    );
  }

  /** Does `work` until it succeeds; after the first time `again` in its place. */
  async keep<T>(execution: Written, work: () => Promise<T>, again = work): Promise<T> {
    let taken = 0;
    for (let failures = 0; ; failures++) {
      if (this.parts.lease.isLost) {
        throw new LeaseLost();
      }
      try {
        const result = await (failures === 0 ? work() : again());
        if (failures > 0) {
          this.tell(execution, null);
        }
        return result;
      } catch (error) {
        taken += isUniqueError(error) ? 1 : 0;
        if (!isPassing(error) || taken > MAX_TAKEN || Date.now() > this.deadline) {
          throw error;
        }
        this.report(execution, error);
        await this.sleep(backoff(failures + 1));
      }
    }
  }

  private report(execution: Written, error: unknown): void {
    const executionId = execution.id;
    this.parts.log.warn('what a run came to could not be written yet; trying again', { executionId, error });
    this.tell(execution, because('RUN_NOT_SAVED_RETRIED', { error: messageOf(error) }));
  }

  /** @param stalledFor null: it goes on */
  private tell(execution: Written, stalledFor: Reason | null): void {
    const { note, onStalled } = this.parts;
    const id = deliveryIdOf(execution.get('eventKey'));
    if (id !== null) {
      onStalled(id, stalledFor !== null);
      note(id, stalledFor).catch(() => undefined);
    }
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const isStopping = this.deadline !== Infinity;
      const timer = setTimeout(wake, isStopping ? Math.min(milliseconds, HURRIED_MS) : milliseconds);
      this.sleepers.add(wake);
    });
  }
}

function deliveryOf(execution: Written): string {
  const eventKey: unknown = execution.get('eventKey');
  return deliveryIdOf(eventKey) ?? String(eventKey);
}

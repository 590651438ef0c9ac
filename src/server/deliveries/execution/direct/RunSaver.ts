import type { ExecutionModel } from '@nocobase/plugin-workflow';
import { backoff } from '../../concurrency/backoff';
import type { Service } from '../../concurrency/Service';
import type { DeliveryLog } from '../../model/delivery';
import { isDeliveryId } from '../../model/ids';
import { isPassing, isUniqueError } from '../../store/databaseErrors';
import type { EndRow, JobChange, JobRow, RunStore } from '../../store/RunStore';

/** Once this instance stops, what can't be written is tried for so many milliseconds, this often. */
const PATIENCE_MS = 10_000;
const HURRIED_MS = 1_000;

/** An id that is taken is the run's own where an earlier try was stored after all; looked at so often. */
const MAX_TAKEN = 3;

/** The execution that is written; its `eventKey` is the delivery. */
type Written = Pick<ExecutionModel, 'id' | 'get'>;

/** The results of one run that are to be written. */
export interface Results {
  changed: readonly JobChange[];
  created: readonly JobRow[];
}

export interface RunSaverParts {
  store: Pick<RunStore, 'saveJobs' | 'saveRemainingJobs' | 'changeJobs' | 'end' | 'endAlone'>;
  log: DeliveryLog;
  /** Says of an open delivery what it waits for; null: of nothing any more. */
  note(id: string, reason: string | null): Promise<void>;
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

  async save(execution: Written, { changed, created }: Results): Promise<void> {
    const { store } = this.parts;
    if (changed.length > 0) {
      await this.keep(execution, () => store.changeJobs(changed));
    }
    if (created.length > 0) {
      await this.keep(
        execution,
        () => store.saveJobs(created),
        () => store.saveRemainingJobs(created),
      );
    }
  }

  /** As `RunStore.end`. */
  end(execution: Written, end: Omit<EndRow, 'id'>): Promise<boolean> {
    const { store } = this.parts;
    const row = { id: execution.id, ...end };
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
    const why = error instanceof Error ? error.message : String(error);
    this.tell(execution, `what its run came to could not be written yet, and is tried again: ${why}`);
  }

  /** @param stalledFor null: it goes on */
  private tell(execution: Written, stalledFor: string | null): void {
    const { note, onStalled } = this.parts;
    const id: unknown = execution.get('eventKey');
    if (isDeliveryId(id)) {
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

import type { Endpoint } from '../../endpoints/Endpoint';
import { isPassing } from '../store/databaseErrors';
import type { ReadyRun, Runner } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';

/** Milliseconds until a run that broke off is gone on with; more at each failure of its own. */
const RETRY_MS = 1_000;

/** A run that breaks off so often by itself is marked and left. */
const MAX_FAILURES = 5;

export interface RunRetriesParts {
  runner: Pick<Runner, 'mark'>;
  log: DeliveryLog;
  endpointOf(key: string): Endpoint | undefined;
  /** Takes a run in again. */
  adopt(run: ReadyRun): void;
}

/**
 * Runs that broke off are gone on with after a while: as often as it takes where the database is in trouble, which is
 * no fault of theirs; a few times where they fail by themselves.
 */
export class RunRetries {
  private stopped = false;

  constructor(private readonly parts: RunRetriesParts) {}

  /** Tells of a run that broke off, and sees to what comes after. */
  note(run: ReadyRun, error: unknown): void {
    this.parts.log.error(`the run of webhook delivery ${run.id} broke off`, { executionId: run.executionId, error });
    const failures = isPassing(error) ? run.failures : run.failures + 1;
    this.later({ ...run, execution: null, failures }, error);
  }

  /** Nothing is gone on with from here on: that is up to the next start, or to another instance. */
  stop(): void {
    this.stopped = true;
  }

  private later(run: ReadyRun, error: unknown): void {
    const { runner, endpointOf, adopt } = this.parts;
    const mayResume = endpointOf(run.key)?.config.onInterruption !== 'mark';
    setTimeout(
      () => {
        if (this.stopped) {
          return;
        }
        if (mayResume && run.failures < MAX_FAILURES) {
          adopt(run);
        } else {
          const reason = `the run broke off: ${error instanceof Error ? error.message : String(error)}`;
          runner.mark(run, reason).catch(() => this.later(run, error));
        }
      },
      RETRY_MS * Math.max(run.failures, 1),
    ).unref();
  }
}

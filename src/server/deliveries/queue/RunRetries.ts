import type { InterruptionPolicy } from '../../../common/deliveries';
import { backoff } from '../concurrency/backoff';
import type { Runner } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';
import { executionIdOf, type ReadyRun } from '../model/run';
import { isFinal, isPassing } from '../store/databaseErrors';
import { messageOf } from '../../messageOf';
import { because, type Reason } from '../../../common/reasons/reason';

/** A run that breaks off so often by itself is marked and left. */
const MAX_FAILURES = 5;

export interface RunRetriesParts {
  runner: Pick<Runner, 'mark'>;
  log: DeliveryLog;
  /** What becomes of a delivery's run where that is cut off. */
  onInterruption(id: string): Promise<InterruptionPolicy>;
  /** Says of an open delivery what it waits for. */
  note(id: string, reason: Reason): Promise<void>;
  /** Takes a run in again. */
  retry(run: ReadyRun): void;
  /** A run was marked: nothing more comes of it. */
  onMarked(run: ReadyRun): void;
}

/**
 * Runs that broke off are resumed after a while: as often as it takes where the database is in trouble, which is no
 * fault of theirs; a few times where they fail by themselves.
 */
export class RunRetries {
  private stopped = false;
  /** Those that wait to be tried again. */
  private readonly waiting = new Set<string>();

  constructor(private readonly parts: RunRetriesParts) {}

  /** Tells of a run that broke off, and sees to what comes after. */
  add(run: ReadyRun, error: unknown): void {
    const executionId = executionIdOf(run);
    this.parts.log.error(`the run of webhook delivery ${run.id} broke off`, { executionId, error });
    const failures = isFinal(error) ? MAX_FAILURES : isPassing(error) ? run.failures : run.failures + 1;
    this.parts.note(run.id, because('RUN_BROKE_OFF_RETRIED', { error: messageOf(error) })).catch(() => undefined);
    this.later(againOf(run, failures), error);
  }

  /** Whether a run waits to be tried again. */
  holds(id: string): boolean {
    return this.waiting.has(id);
  }

  /** Nothing is resumed from here on: that is up to the next start, or to another instance. */
  stop(): void {
    this.stopped = true;
  }

  private later(run: ReadyRun, error: unknown): void {
    this.waiting.add(run.id);
    const again = () => this.later({ ...run, tries: run.tries + 1 }, error);
    setTimeout(() => void this.now(run, error).catch(again), backoff(run.tries)).unref();
  }

  /** Rejects where that can't be told, or written, just now. */
  private async now(run: ReadyRun, error: unknown): Promise<void> {
    const { runner, onInterruption, retry, onMarked } = this.parts;
    if (this.stopped) {
      return;
    }
    const mayResume = run.failures < MAX_FAILURES && (await onInterruption(run.id)) === 'resume';
    if (!mayResume) {
      await runner.mark(run, because('RUN_BROKE_OFF', { error: messageOf(error) }));
      this.waiting.delete(run.id);
      onMarked(run);
    } else if (!this.stopped) {
      this.waiting.delete(run.id);
      retry(run);
    }
  }
}

/** A run that broke off, as it is taken in again: what it has saved is in the database. */
function againOf(run: ReadyRun, failures: number): ReadyRun {
  const { id, key, orderKey, isRetried } = run;
  const counts = { failures, tries: run.tries + 1 };
  const isUntouched = run.kind === 'trigger' || (run.kind === 'woken' && run.noted);
  return isUntouched
    ? { ...run, ...counts }
    : { kind: 'cutOff', id, key, orderKey, isRetried, executionId: run.executionId, ...counts };
}

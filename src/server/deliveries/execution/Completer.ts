import { setTimeout as delay } from 'node:timers/promises';
import { Batcher } from '../concurrency/Batcher';
import { RETRIED_STATUSES, type DeliveryStatus } from '../../../common/deliveries';
import type { Service } from '../concurrency/Service';
import { waitBeforeNext } from '../model/attempts';
import type { DeliveryLog, Outcome, RecordedAnswer } from '../model/delivery';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { NextAttempt, TransitionStore } from '../store/TransitionStore';
import { because } from '../../../common/reasons/reason';

/** One UPDATE takes at most so many, and answers of so many characters unless one alone is longer. */
const MAX_ROWS = 200;
const MAX_CHARACTERS = 1 << 20;

/** Milliseconds until the database is tried again. */
const RETRY_MS = 1_000;

/** The run has ended, or the caller of a sync webhook was answered. */
type Completion = { outcome: Outcome } | { answer: RecordedAnswer };

export interface CompleterParts {
  transitions: Pick<TransitionStore, 'complete' | 'retriedAmong' | 'tryAgain'>;
  store: Pick<DeliveryStore, 'recordAnswers'>;
  /** This instance. */
  owner: string;
  log: DeliveryLog;
  /** Deliveries of this webhook wait to be tried again: what is behind them may have to wait too. */
  onRetry(key: string): void;
  /** The end of these deliveries' runs is written down, or that they are to be tried again. */
  onWritten(ids: readonly string[]): void;
}

/**
 * Writes down how deliveries ended, or that their run failed and is to be tried again, many at once; and tries until it is
 * done. What a crash keeps from being written, recovery reads off the execution.
 */
export class Completer implements Service {
  private readonly batcher: Batcher<Completion, void>;
  /** Ends that are to be written, by delivery. */
  private readonly unwritten = new Map<string, Promise<void>>();
  private stopped = false;

  constructor(private readonly parts: CompleterParts) {
    this.batcher = new Batcher((completions) => this.write(completions), {
      maxItems: MAX_ROWS,
      maxSize: MAX_CHARACTERS,
      sizeOf: (completion) => ('answer' in completion ? (completion.answer.body?.length ?? 0) : 0),
      gatherMs: 0,
    });
  }

  start(): void {}

  /** Writes what is left, once; what fails then is left to recovery. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.batcher.idle();
  }

  /** Tries nothing again: what is left is another instance's to write. */
  abandon(): void {
    this.stopped = true;
  }

  /** The run has ended. */
  complete(outcome: Outcome): void {
    const { id } = outcome;
    const written = this.batcher.add({ outcome });
    this.unwritten.set(id, written);
    void written.finally(() => this.unwritten.delete(id));
  }

  /** Whether the end of this run is still to be written down. */
  holds(id: string): boolean {
    return this.unwritten.has(id);
  }

  /** Resolves once the end of this run is written down, as far as one is to be. */
  async written(id: string): Promise<void> {
    await this.unwritten.get(id);
  }

  /** The caller of a sync webhook was answered. */
  answered(answer: RecordedAnswer): void {
    void this.batcher.add({ answer });
  }

  /** Resolves once all is written; after `stop`, also where the database is away. */
  idle(): Promise<void> {
    return this.batcher.idle();
  }

  private async write(completions: readonly Completion[]): Promise<PromiseSettledResult<void>[]> {
    const outcomes = completions.flatMap((completion) => ('outcome' in completion ? completion.outcome : []));
    const answers = completions.flatMap((completion) => ('answer' in completion ? completion.answer : []));
    while (!(await this.tryToWrite(outcomes, answers)) && !this.stopped) {
      await delay(RETRY_MS);
    }
    return completions.map(() => ({ status: 'fulfilled', value: undefined }));
  }

  /** Has what failed tried again where its maker wants that; the ids of those, whether it could be or not. */
  private async tryAgain(outcomes: readonly Outcome[], now: Date): Promise<Set<string>> {
    const { transitions, owner, onRetry } = this.parts;
    const statuses: readonly DeliveryStatus[] = RETRIED_STATUSES;
    const failed = outcomes.filter(({ status, executionId }) => statuses.includes(status) && executionId !== null);
    const found = failed.length > 0 ? await transitions.retriedAmong(failed) : [];
    const byId = new Map(failed.map((outcome) => [outcome.id, outcome]));
    const retries: NextAttempt[] = [];
    const keys = new Set<string>();
    for (const { id, key, attempts, retry } of found) {
      const outcome = byId.get(id);
      const wait = outcome ? waitBeforeNext(retry, attempts, outcome.status) : null;
      if (outcome && wait !== null) {
        const detail = RETRIED_STATUSES.find((status) => status === outcome.status) ?? 'failed';
        const reason = because('RETRY_WAITS', { attempt: attempts, attempts: retry.times + 1, detail });
        retries.push({ ...outcome, reason, at: new Date(now.getTime() + wait) });
        keys.add(key);
      }
    }
    if (retries.length > 0) {
      await transitions.tryAgain(retries, owner);
      keys.forEach((key) => onRetry(key));
    }
    return new Set(retries.map(({ id }) => id));
  }

  private async tryToWrite(outcomes: readonly Outcome[], answers: readonly RecordedAnswer[]): Promise<boolean> {
    const { transitions, store, owner, log } = this.parts;
    try {
      if (outcomes.length > 0) {
        const now = new Date();
        const retries = await this.tryAgain(outcomes, now);
        const ends = outcomes.map((outcome) => {
          // One that another instance has in hand is that one's to try again; one whose execution is gone, nobody's.
          const { isSeen: _isSeen, ...mine } = outcome;
          return retries.has(outcome.id) ? mine : outcome;
        });
        await transitions.complete(ends, owner, now);
        this.parts.onWritten(ends.map(({ id }) => id));
      }
      if (answers.length > 0) {
        await store.recordAnswers(answers);
      }
      return true;
    } catch (error) {
      log.warn('the end of deliveries could not be written', { error });
      return false;
    }
  }
}

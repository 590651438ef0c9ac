import { setTimeout as delay } from 'node:timers/promises';
import { Batcher } from '../concurrency/Batcher';
import type { Service } from '../concurrency/Service';
import type { DeliveryLog, Outcome, RecordedAnswer } from '../model/delivery';
import type { DeliveryStore } from '../store/DeliveryStore';
import type { TransitionStore } from '../store/TransitionStore';

/** One UPDATE takes at most so many, and answers of so many characters unless one alone is longer. */
const MAX_ROWS = 200;
const MAX_CHARACTERS = 1 << 20;

/** Milliseconds until the database is tried again. */
const RETRY_MS = 1_000;

/** The run has ended, or the caller of a sync webhook was answered. */
type Completion = { outcome: Outcome } | { answer: RecordedAnswer };

export interface CompleterParts {
  transitions: Pick<TransitionStore, 'complete'>;
  store: Pick<DeliveryStore, 'recordAnswers'>;
  log: DeliveryLog;
}

/**
 * Writes down how deliveries ended, many at once, and tries again until it is done. What a crash keeps from being
 * written, recovery reads off the execution.
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

  private async tryToWrite(outcomes: readonly Outcome[], answers: readonly RecordedAnswer[]): Promise<boolean> {
    const { transitions, store, log } = this.parts;
    try {
      if (outcomes.length > 0) {
        await transitions.complete(outcomes, new Date());
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

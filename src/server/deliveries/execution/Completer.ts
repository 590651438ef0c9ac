import type { DeliveryStore } from '../store/DeliveryStore';
import type { DeliveryLog, Outcome, RecordedAnswer } from '../model/delivery';

/** One UPDATE takes at most so many, and answers of so many characters unless one alone is longer. */
const MAX_ROWS = 200;
const MAX_CHARACTERS = 1 << 20;

/** Milliseconds until the database is tried again. */
const RETRY_MS = 1_000;

/**
 * Writes down how deliveries ended: what ends while one UPDATE is under way goes into the next. What a
 * crash keeps from being written, recovery reads off the execution.
 */
export class Completer {
  private outcomes: Outcome[] = [];
  private answers: RecordedAnswer[] = [];
  private working: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly store: DeliveryStore,
    private readonly log: DeliveryLog,
  ) {}

  /** The run has ended. */
  complete(outcome: Outcome): void {
    this.outcomes.push(outcome);
    this.work();
  }

  /** The caller of a sync webhook was answered. */
  answered(answer: RecordedAnswer): void {
    this.answers.push(answer);
    this.work();
  }

  /** Resolves once all is written; after `stop`, also where the database is away. */
  async drained(): Promise<void> {
    while (this.working) {
      await this.working;
    }
  }

  /** Writes what is left, once; what fails then is left to recovery. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.drained();
  }

  private get depth(): number {
    return this.outcomes.length + this.answers.length;
  }

  private work(): void {
    this.working ??= this.flushAll().finally(() => {
      this.working = null;
      // What came in between the last look and here.
      if (this.depth > 0 && !this.stopped) {
        this.work();
      }
    });
  }

  private async flushAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.depth > 0) {
      try {
        await this.flush();
      } catch (error) {
        this.log.warn('the end of deliveries could not be written', { error });
        if (this.stopped) {
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private async flush(): Promise<void> {
    const outcomes = this.outcomes.slice(0, MAX_ROWS);
    if (outcomes.length > 0) {
      await this.store.complete(outcomes, new Date());
      this.outcomes = this.outcomes.slice(outcomes.length);
    }
    const answers = firstOf(this.answers);
    if (answers.length > 0) {
      await this.store.recordAnswers(answers);
      this.answers = this.answers.slice(answers.length);
    }
  }
}

/** As many from the beginning as one UPDATE takes. */
function firstOf(answers: readonly RecordedAnswer[]): readonly RecordedAnswer[] {
  let characters = 0;
  const end = answers.slice(0, MAX_ROWS).findIndex(({ body }, index) => {
    characters += body?.length ?? 0;
    return index > 0 && characters > MAX_CHARACTERS;
  });
  return answers.slice(0, end < 0 ? MAX_ROWS : end);
}

import { ERROR_CATALOGUE } from '../../../common/errors';
import type { DeliveryLog, KeptAnswer } from '../model/delivery';
import type { ExecutionStore } from '../store/ExecutionStore';
import type { CutOff, RecoveryStore } from '../store/RecoveryStore';
import type { TransitionStore } from '../store/TransitionStore';
import type { WriteLock } from '../store/WriteLock';
import { because } from '../../../common/reasons/reason';

/** So often it is looked for a delivery that is not there: what was being committed is there, or never will be. */
const LOOKS = 60;

/** So many are looked for at once. */
const BATCH = 200;

const REASON = because('NOT_ACKNOWLEDGED');

/** What the caller was told: who repeats the call meanwhile is told the same. */
const { status, message } = ERROR_CATALOGUE.NOT_RECORDED;
const ANSWER: KeptAnswer = {
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'retry-after': '5' },
  body: JSON.stringify({ errors: [{ code: 'NOT_RECORDED', message }] }),
};

export interface WithdrawalsParts {
  lock: WriteLock;
  transitions: Pick<TransitionStore, 'withdraw' | 'withdrawUnstarted'>;
  executions: Pick<ExecutionStore, 'removeOf'>;
  recovery: Pick<RecoveryStore, 'startedOf'>;
  /** This instance. */
  owner: string;
  /** Whether a delivery is being stored still. */
  isUndecided(id: string): boolean;
  log: DeliveryLog;
}

/**
 * Deliveries whose callers were told that they could not be stored: one that turns out to be stored all the same, by a
 * COMMIT whose answer was lost or came late, ends without a run, and frees its dedupe slot. Those that were to be started
 * in the same commit are looked for.
 */
export class Withdrawals {
  /** How often each is to be looked for yet. */
  private readonly looks = new Map<string, number>();

  constructor(private readonly parts: WithdrawalsParts) {}

  add(id: string): void {
    this.looks.set(id, LOOKS);
  }

  /** Whether a delivery must not run. */
  holds(id: string): boolean {
    return this.looks.has(id);
  }

  /** Looks for them, and ends those that are there. Looks at which the database is away don't count. */
  async poll(): Promise<void> {
    const { recovery, owner, isUndecided } = this.parts;
    const ids = [...this.looks.keys()].filter((id) => !isUndecided(id));
    for (let offset = 0; offset < ids.length; offset += BATCH) {
      const some = ids.slice(offset, offset + BATCH);
      const found = await recovery.startedOf(some, owner);
      for (const delivery of found) {
        await this.withdraw(delivery);
      }
      some.forEach((id) => this.looked(id));
    }
  }

  /** Ends deliveries that have just been stored, unless they are started already; where that fails, they run. */
  async withdrawUnstarted(ids: readonly string[]): Promise<void> {
    const { transitions, log } = this.parts;
    const end = { reason: REASON, answer: ANSWER, now: new Date() };
    const done = await transitions.withdrawUnstarted(ids, end).then(
      (count) => `${count} cancelled`,
      (error: unknown) => `they run: ${String(error)}`,
    );
    log.warn(
      `webhook deliveries were stored after their callers had been told that they were not: ${ids.length}; ${done}`,
    );
  }

  private async withdraw({ id }: CutOff): Promise<void> {
    const { lock, transitions, executions, owner, log } = this.parts;
    await lock.transaction(async (tx) => {
      if (await transitions.withdraw(id, owner, { reason: REASON, answer: ANSWER, now: new Date() }, tx)) {
        await executions.removeOf(id, tx);
      }
    });
    log.warn(`webhook delivery ${id} was stored after its caller had been told that it was not; it is cancelled`);
    this.looks.delete(id);
  }

  private looked(id: string): void {
    const left = (this.looks.get(id) ?? 0) - 1;
    if (left > 0) {
      this.looks.set(id, left);
    } else {
      this.looks.delete(id);
    }
  }
}

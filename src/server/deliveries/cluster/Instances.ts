import { Semaphore } from '../concurrency/Semaphore';
import type { Service } from '../concurrency/Service';
import type { DeliveryLog } from '../model/delivery';
import type { InstanceIdentity, InstanceRow, InstanceStore } from '../store/InstanceStore';
import type { QueueLeaseStore } from '../store/QueueLeaseStore';
import type { RecoveryStore } from '../store/RecoveryStore';
import { isRunning } from './processes';

/** An instance that lives says so this often; silent for the lease, and still so at the next look, it is dead. */
export const HEARTBEAT_MS = 5_000;
const LEASE_MS = 30_000;

export interface InstancesParts {
  store: InstanceStore;
  leases: QueueLeaseStore;
  recovery: RecoveryStore;
  log: DeliveryLog;
  /** This instance, as the others see it. */
  self: InstanceIdentity;
  /** SQLite: there is only ever one process on a database, so all others are dead. */
  alone: boolean;
  /** Whether runs execute nodes in this process. */
  isRunning(): boolean;
}

/** Keeps this instance alive in the others' eyes, and tells which of them are dead. */
export class Instances implements Service {
  /** Those whose lease had run out at the last look. */
  private suspects = new Set<string>();
  private others = 0;
  /** What is being said must not be said once more after the last word. */
  private readonly mutex = new Semaphore(1);
  private hasLeft = false;

  constructor(private readonly parts: InstancesParts) {}

  /** Whether other instances live, as far as known. */
  get isShared(): boolean {
    return this.others > 0;
  }

  async start(): Promise<void> {
    await this.mutex.run(() => this.renew());
  }

  /** Tells the others that this instance is gone, so that they needn't wait: what it owns is theirs. */
  async stop(): Promise<void> {
    await this.mutex
      .run(() => this.leave())
      .catch((error: unknown) => {
        this.parts.log.warn('this instance could not sign off; others notice by its silence', { error });
      });
  }

  /** Says that this instance lives. Where nobody else can be on the database, once is enough. */
  async heartbeat(): Promise<void> {
    if (!this.parts.alone) {
      await this.start();
    }
  }

  /** The dead ones, by id. */
  async findDead(): Promise<string[]> {
    const { store, self } = this.parts;
    const rows = (await store.list()).filter(({ id }) => id !== self.id);
    const dead = rows.filter((row) => this.isDead(row)).map(({ id }) => id);
    this.suspects = new Set(rows.filter(({ expired }) => expired === 1).map(({ id }) => id));
    this.others = rows.length - dead.length;
    return dead;
  }

  private isDead({ id, pidNamespace, pid, expired }: InstanceRow): boolean {
    const { self, alone } = this.parts;
    if (alone) {
      return true;
    }
    const isComparable = pidNamespace !== null && pidNamespace === self.pidNamespace && pid !== null;
    return (isComparable && (pid === self.pid || !isRunning(pid))) || (expired === 1 && this.suspects.has(id));
  }

  private async renew(): Promise<void> {
    if (!this.hasLeft) {
      await this.parts.store.heartbeat(this.parts.self, LEASE_MS);
    }
  }

  private async leave(): Promise<void> {
    const { store, leases, recovery, self, isRunning: runs } = this.parts;
    this.hasLeft = true;
    await leases.releaseAllOf(self.id);
    if ((await recovery.startedBy(self.id, 1)).length === 0) {
      await store.forget(self.id);
    } else {
      // What runs on until the process is gone is nobody else's before that: the lease runs out by itself.
      await store.heartbeat(self, runs() ? LEASE_MS : -LEASE_MS);
    }
  }
}

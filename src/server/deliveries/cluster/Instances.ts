import { Lease } from '../concurrency/Lease';
import type { Service } from '../concurrency/Service';
import type { DeliveryLog } from '../model/delivery';
import type { InstanceIdentity, InstanceRow, InstanceStore } from '../store/InstanceStore';
import type { QueueLeaseStore } from '../store/QueueLeaseStore';
import type { RecoveryStore } from '../store/RecoveryStore';
import { isRunning } from './processes';

/** An instance that lives says so this often; silent for the lease, and still so at the next look, it is dead. */
export const HEARTBEAT_MS = 5_000;
const LEASE_MS = 30_000;

/** Each looks for others this often. */
export const LOOK_MS = 1_000;

/** So long an instance that joins others takes nothing: until then they may believe that they alone store deliveries. */
const JOIN_MS = 2 * LOOK_MS + 500;

/** So long after it said so it may act without looking: others take over no earlier than its lease has run out. */
const FRESH_MS = 20_000;

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
  /** Another instance has taken over what this one had: told once. */
  onLost(): void;
}

/** An instance that others may take over. */
export interface Dead {
  id: string;
  /** Its process is known to be gone, whatever its lease says. */
  isGone: boolean;
}

/** Keeps this instance alive in the others' eyes, and tells which of them are dead. */
export class Instances implements Service {
  /** By which this instance acts. */
  readonly lease: Lease;
  /** Those whose lease had run out at the last look. */
  private suspects = new Set<string>();
  private others = 0;

  constructor(private readonly parts: InstancesParts) {
    const { alone, log, onLost } = parts;
    this.lease = new Lease({
      freshMs: alone ? Infinity : FRESH_MS,
      renew: () => parts.store.renew(parts.self.id, LEASE_MS),
      onLost: () => {
        log.warn('this instance stood still, and another one has taken over what it had; it goes on as a new one');
        onLost();
      },
    });
  }

  /** Whether other instances live, as far as known. */
  get isShared(): boolean {
    return this.others > 0;
  }

  async start(): Promise<void> {
    await this.parts.store.register(this.parts.self, LEASE_MS);
    await this.lease.renew();
    await this.look();
    if (this.isShared) {
      await new Promise((resolve) => setTimeout(resolve, JOIN_MS));
    }
  }

  /** Looks whether there are others. */
  async look(): Promise<void> {
    const rows = this.parts.alone ? [] : await this.parts.store.list();
    this.others = rows.filter((row) => row.id !== this.parts.self.id && !this.isGone(row)).length;
  }

  /** Tells the others that this instance is gone, so that they needn't wait: what it owns is theirs. */
  async stop(): Promise<void> {
    this.lease.end();
    await this.leave().catch((error: unknown) => {
      this.parts.log.warn('this instance could not sign off; others notice by its silence', { error });
    });
  }

  /** Its row is gone already. */
  abandon(): void {
    this.lease.end();
  }

  /** Says that this instance lives. Where nobody else can be on the database, once is enough. */
  async heartbeat(): Promise<void> {
    if (!this.parts.alone) {
      await this.lease.renew();
    }
  }

  /** The dead ones. */
  async findDead(): Promise<Dead[]> {
    const { store, self } = this.parts;
    const rows = (await store.list()).filter(({ id }) => id !== self.id);
    const dead = rows.flatMap((row) => {
      const isGone = this.isGone(row);
      return isGone || (row.expired === 1 && this.suspects.has(row.id)) ? { id: row.id, isGone } : [];
    });
    this.suspects = new Set(rows.filter(({ expired }) => expired === 1).map(({ id }) => id));
    return dead;
  }

  private isGone({ pidNamespace, pid }: InstanceRow): boolean {
    const { self, alone } = this.parts;
    const isComparable = pidNamespace !== null && pidNamespace === self.pidNamespace && pid !== null;
    return alone || (isComparable && (pid === self.pid || !isRunning(pid)));
  }

  private async leave(): Promise<void> {
    const { store, leases, recovery, self, isRunning: runs } = this.parts;
    await leases.releaseAllOf(self.id);
    if (runs() && (await recovery.startedBy(self.id, 1)).length > 0) {
      // What runs on until the process is gone is nobody else's before that: the lease runs out by itself.
      await store.renew(self.id, LEASE_MS);
    } else {
      await store.forget(self.id);
    }
  }
}

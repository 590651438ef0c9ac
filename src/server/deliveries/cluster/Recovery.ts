import { setTimeout as delay } from 'node:timers/promises';
import type { Endpoint } from '../../endpoints/Endpoint';
import type { QueueLeases } from './QueueLeases';
import type { InstanceRow, InstanceStore } from '../store/InstanceStore';
import { isRunning } from './processIdentity';
import type { RecoveryStore } from '../store/RecoveryStore';
import type { Scheduler } from '../queue/Scheduler';
import type { ReadyRun, Runner } from '../execution/backend';
import type { TriggerStore } from '../store/TriggerStore';
import type { DeliveryLog } from '../model/delivery';

/** An instance that lives says so this often; unheard of for the lease, and still so at the next look, it is dead. */
export const HEARTBEAT_MS = 5_000;
export const LEASE_MS = 30_000;

const BATCH = 200;

/** How often it is looked whether this instance has anything in hand still. */
const LOOK_MS = 100;

/** How often it is tried to mark a run as interrupted, and the milliseconds in between. */
const MARK_ATTEMPTS = 60;
const RETRY_MS = 1_000;

/** Comes before every delivery's id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface RecoveryParts {
  instances: InstanceStore;
  deliveries: RecoveryStore;
  triggered: TriggerStore;
  leases: QueueLeases;
  scheduler: Scheduler;
  runner: Runner;
  log: DeliveryLog;
  /** This node, as the others see it. */
  self: { id: string; pidNamespace: string | null; pid: number };
  /** SQLite: there is only ever one process on a database, so all others are dead. */
  alone: boolean;
  serving(): boolean;
  endpoints(): Iterable<Endpoint>;
  endpointOf(key: string): Endpoint | undefined;
}

/** Keeps this instance alive in the others' eyes, and takes over what dead ones left behind. */
export class Recovery {
  /** Nodes whose lease had run out at the last look. */
  private suspects = new Set<string>();
  private others = 0;
  private hasHeartbeat = false;
  private hasReadEnds = false;

  constructor(private readonly parts: RecoveryParts) {}

  /** Whether other instances live, as far as known. */
  get isShared(): boolean {
    return this.others > 0;
  }

  /** Says that this instance lives. Where nobody else can be on the database, once is enough. */
  async heartbeat(): Promise<void> {
    const { instances, self, alone } = this.parts;
    if (alone && this.hasHeartbeat) {
      return;
    }
    this.hasHeartbeat = true;
    await instances.heartbeat(self.id, self.pidNamespace, self.pid, LEASE_MS);
  }

  /** Finds dead instances and takes over what they had; finds what nobody looks after. */
  async sweep(): Promise<void> {
    const { instances, self, leases, scheduler, endpoints, serving } = this.parts;
    const rows = (await instances.list()).filter(({ id }) => id !== self.id);
    const dead = rows.filter((row) => this.isDead(row));
    this.suspects = new Set(rows.filter(({ expired }) => expired === 1).map(({ id }) => id));
    this.others = rows.length - dead.length;
    if (serving()) {
      for (const { id } of dead) {
        await this.takeOver(id);
      }
      await this.readEnds();
    }
    await leases.ensure([...endpoints()].map(({ key }) => key));
    await instances.notifyForgotten();
    await leases.poll();
    scheduler.pump();
  }

  /** Waits for what this instance has in hand still to come to an end, or to wait for something outside; not for ever. */
  async waitForRuns(milliseconds: number): Promise<void> {
    const { deliveries, self } = this.parts;
    const deadline = Date.now() + milliseconds;
    while (Date.now() < deadline && (await deliveries.startedBy(self.id, 1)).length > 0) {
      await delay(LOOK_MS);
    }
  }

  /** Tells the others that this instance is gone, so that they needn't wait. What it had in hand is theirs. */
  async leave(): Promise<void> {
    const { instances, deliveries, self } = this.parts;
    await instances.releaseQueuesOf(self.id);
    if ((await deliveries.startedBy(self.id, 1)).length === 0) {
      await instances.forget(self.id);
    } else {
      await instances.heartbeat(self.id, self.pidNamespace, self.pid, -LEASE_MS);
    }
  }

  private isDead({ id, pidNamespace, pid, expired }: InstanceRow): boolean {
    const { self, alone } = this.parts;
    if (alone) {
      return true;
    }
    if (
      pidNamespace !== null &&
      pidNamespace === self.pidNamespace &&
      pid !== null &&
      (pid === self.pid || !isRunning(pid))
    ) {
      return true;
    }
    return expired === 1 && this.suspects.has(id);
  }

  private async takeOver(dead: string): Promise<void> {
    const { instances, deliveries, scheduler, log, self } = this.parts;
    await instances.releaseQueuesOf(dead);
    let count = 0;
    for (;;) {
      const cutOff = await deliveries.startedBy(dead, BATCH);
      if (cutOff.length === 0) {
        break;
      }
      for (const { id, key, executionId } of cutOff) {
        if (await deliveries.takeOver(id, dead, self.id)) {
          count++;
          await this.takeUp(id, key, executionId);
        }
      }
      while (scheduler.isFull) {
        await delay(50);
      }
    }
    await instances.forget(dead);
    if (count > 0) {
      log.info(`${count} webhook deliveries that were cut off are gone on with`, { node: dead });
    }
  }

  /**
   * Takes up, once, what ended before this instance followed it, such as by a time-out that passed while NocoBase was
   * down: the engine looks for those before the deliveries are started.
   */
  private async readEnds(): Promise<void> {
    const { deliveries, scheduler } = this.parts;
    let after = FIRST_ID;
    while (!this.hasReadEnds) {
      const ended = await deliveries.endedUnseen(after, BATCH);
      for (const { id, key, executionId } of ended) {
        after = id;
        this.goOn(id, key, executionId);
      }
      this.hasReadEnds = ended.length < BATCH;
      while (scheduler.isFull) {
        await delay(50);
      }
    }
  }

  private async takeUp(id: string, key: string, executionId: number | string | null): Promise<void> {
    if (executionId !== null) {
      return this.goOn(id, key, executionId);
    }
    // It was left to the engine's `trigger()`, which may have come to make its execution or not.
    const { triggered, scheduler } = this.parts;
    const execution = await triggered.executionOf(id);
    if (execution) {
      await triggered.link(id, execution);
    } else if (await triggered.putBack(id)) {
      scheduler.wake(key);
    }
  }

  private goOn(id: string, key: string, executionId: ReadyRun['executionId']): void {
    const { scheduler, endpointOf, log } = this.parts;
    const run = { id, key, executionId, execution: null, event: null, failures: 0 };
    if (endpointOf(key)?.config.onInterruption === 'mark') {
      void this.mark(run).catch((error: unknown) => {
        log.error(`webhook delivery ${id} could not be marked as interrupted`, { error });
      });
      return;
    }
    scheduler.adopt(run);
    scheduler.pump();
  }

  /** SQLite refuses who comes while another writes, and NocoBase writes a lot as it starts: it is tried again. */
  private async mark(run: ReadyRun): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.parts.runner.mark(run, 'NocoBase ended while it ran');
        return;
      } catch (error) {
        if (attempt >= MARK_ATTEMPTS) {
          throw error;
        }
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }
}

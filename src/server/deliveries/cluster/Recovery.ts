import { setTimeout as delay } from 'node:timers/promises';
import type { InterruptionPolicy } from '../../../common/deliveries';
import type { Endpoint } from '../../endpoints/Endpoint';
import type { Runner } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';
import { FIRST_ID } from '../model/ids';
import type { CutOffRun } from '../model/run';
import type { Scheduler } from '../queue/Scheduler';
import type { ExecutionStore } from '../store/ExecutionStore';
import type { InstanceStore } from '../store/InstanceStore';
import type { QueueLeaseStore } from '../store/QueueLeaseStore';
import type { CutOff, RecoveryStore } from '../store/RecoveryStore';
import type { TransitionStore } from '../store/TransitionStore';
import type { Instances } from './Instances';
import type { QueueLeases } from './QueueLeases';

const BATCH = 200;

/** How often it is tried to mark a run as interrupted, and the milliseconds in between. */
const MARK_ATTEMPTS = 60;
const RETRY_MS = 1_000;

export interface RecoveryParts {
  instances: Instances;
  leases: QueueLeases;
  scheduler: Scheduler;
  runner: Runner;
  store: RecoveryStore;
  instanceStore: InstanceStore;
  leaseStore: QueueLeaseStore;
  transitions: TransitionStore;
  executions: ExecutionStore;
  log: DeliveryLog;
  /** This instance. */
  owner: string;
  /** Whether this instance runs workflows at all. */
  serving(): boolean;
  endpoints(): Iterable<Endpoint>;
}

/** Takes over what dead instances left behind, and finds what nobody looks after. */
export class Recovery {
  private hasReadEnds = false;
  private readonly taking = new Set<string>();
  private readonly marking = new Set<string>();

  constructor(private readonly parts: RecoveryParts) {}

  async sweep(): Promise<void> {
    const { instances, leases, leaseStore, endpoints, serving } = this.parts;
    const dead = await instances.findDead();
    if (serving()) {
      for (const id of dead) {
        await this.takeOver(id);
      }
      await this.readEnds();
    }
    await leases.ensure([...endpoints()].map(({ key }) => key));
    await leaseStore.notifyForgotten();
    await leases.poll();
  }

  /** Whether a delivery is being taken over, or marked as interrupted. */
  holds(id: string): boolean {
    return this.taking.has(id) || this.marking.has(id);
  }

  /** Takes up a delivery of this instance's whose run nobody here knows of. */
  async takeUp(delivery: CutOff): Promise<void> {
    // Started here and not known here, it never ran; what was taken over from another instance may have.
    await this.recover(delivery.attempts > 1 ? delivery : { ...delivery, onInterruption: 'resume' });
  }

  private async takeOver(dead: string): Promise<void> {
    const { instanceStore, leaseStore, store, transitions, log, owner } = this.parts;
    await leaseStore.releaseAllOf(dead);
    let count = 0;
    for (;;) {
      const cutOff = await store.startedBy(dead, BATCH);
      if (cutOff.length === 0) {
        break;
      }
      for (const delivery of cutOff) {
        this.taking.add(delivery.id);
        try {
          if (await transitions.takeOver(delivery.id, dead, owner)) {
            count++;
            await this.recover(delivery);
          }
        } finally {
          this.taking.delete(delivery.id);
        }
      }
      await this.whileFull();
    }
    await instanceStore.forget(dead);
    if (count > 0) {
      log.info(`${count} webhook deliveries that were cut off are resumed`, { instance: dead });
    }
  }

  /**
   * Takes up, once, what ended before this instance followed it, such as by a time-out that passed while NocoBase was
   * down: the engine looks for those before the deliveries are started.
   */
  private async readEnds(): Promise<void> {
    let after = FIRST_ID;
    while (!this.hasReadEnds) {
      const ended = await this.parts.store.endedUnseen(after, BATCH);
      for (const delivery of ended) {
        after = delivery.id;
        await this.recover(delivery);
      }
      this.hasReadEnds = ended.length < BATCH;
      await this.whileFull();
    }
  }

  private async recover({ id, key, executionId, onInterruption }: CutOff): Promise<void> {
    const { transitions, executions, scheduler } = this.parts;
    if (executionId !== null) {
      this.resume({ kind: 'cutOff', id, key, executionId, failures: 0, tries: 0 }, onInterruption);
      return;
    }
    // It was left to the engine's `trigger()`, which may have come to make its execution or not.
    const execution = await executions.ofDelivery(id);
    if (execution) {
      await transitions.link(id, execution);
    } else if (await transitions.putBack(id)) {
      scheduler.wake(key);
    }
  }

  private resume(run: CutOffRun, onInterruption: InterruptionPolicy | null): void {
    const { scheduler, log } = this.parts;
    if (onInterruption === 'mark') {
      void this.mark(run).catch((error: unknown) => {
        log.error(`webhook delivery ${run.id} could not be marked as interrupted`, { error });
      });
    } else {
      scheduler.resume(run);
    }
  }

  /** SQLite refuses who comes while another writes, and NocoBase writes a lot as it starts: it is tried again. */
  private async mark(run: CutOffRun): Promise<void> {
    this.marking.add(run.id);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.parts.runner.mark(run, 'NocoBase ended while it ran');
        this.marking.delete(run.id);
        return;
      } catch (error) {
        if (attempt >= MARK_ATTEMPTS) {
          this.marking.delete(run.id);
          throw error;
        }
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  private async whileFull(): Promise<void> {
    while (this.parts.scheduler.isFull) {
      await delay(50);
    }
  }
}

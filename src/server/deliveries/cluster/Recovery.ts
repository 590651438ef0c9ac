import { setTimeout as delay } from 'node:timers/promises';
import type { InterruptionPolicy } from '../../../common/deliveries';
import type { Endpoint } from '../../endpoints/Endpoint';
import type { Runner } from '../execution/backend';
import type { DeliveryLog } from '../model/delivery';
import { eventKeyOf, FIRST_ID } from '../model/ids';
import type { CutOffRun } from '../model/run';
import type { Scheduler } from '../queue/Scheduler';
import type { ExecutionStore } from '../store/ExecutionStore';
import type { InstanceStore } from '../store/InstanceStore';
import type { QueueLease, QueueLeaseStore } from '../store/QueueLeaseStore';
import { byArrival, type CutOff, type RecoveryStore } from '../store/RecoveryStore';
import type { TransitionStore } from '../store/TransitionStore';
import type { WriteLock } from '../store/WriteLock';
import type { Instances } from './Instances';
import type { QueueLeases } from './QueueLeases';
import { because } from '../../../common/reasons/reason';

const BATCH = 200;

/** How often it is tried to mark a run as interrupted, and the milliseconds in between. */
const MARK_ATTEMPTS = 60;
const RETRY_MS = 1_000;

/** So many deliveries of one that is gone are read at most; what is beyond that is found as nobody's in hand. */
const MAX_TAKEN = 100_000;

export interface RecoveryParts {
  lock: WriteLock;
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
    const { instances, instanceStore, leases, leaseStore, owner, endpoints, serving } = this.parts;
    await instances.lease.confirm();
    const dead = await instances.findDead();
    if (serving()) {
      for (const { id, isGone } of dead) {
        await this.takeOver(id, isGone);
      }
      for (const id of await instanceStore.ghosts()) {
        // Itself, where it was taken over and doesn't know yet.
        if (id !== owner) {
          await this.takeOver(id, true);
        }
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
    await this.recover(delivery.takeovers > 0 ? delivery : { ...delivery, onInterruption: 'resume' });
  }

  /**
   * Everything that a dead instance had is this one's, at once; from there on that one writes nothing. What it had started
   * goes on in order of arrival, and only then is anything started in its queues.
   */
  private async takeOver(dead: string, isGone: boolean): Promise<void> {
    const { leases, log } = this.parts;
    const { queues, cutOff } = await this.transfer(dead, isGone);
    try {
      for (const [index, delivery] of cutOff.entries()) {
        await this.recover(delivery);
        this.taking.delete(delivery.id);
        if (index % BATCH === BATCH - 1) {
          await this.whileFull();
        }
      }
    } finally {
      // What could not be taken up is found as this instance's, and in nobody's hands.
      cutOff.forEach(({ id }) => this.taking.delete(id));
      await leases.enter(queues);
    }
    if (cutOff.length > 0) {
      log.info(`${cutOff.length} webhook deliveries that were cut off are resumed`, { instance: dead });
    }
  }

  private async transfer(dead: string, isGone: boolean): Promise<{ queues: QueueLease[]; cutOff: CutOff[] }> {
    const { lock, leases, instanceStore, leaseStore, store, transitions, owner } = this.parts;
    let queues: QueueLease[] = [];
    let cutOff: CutOff[] = [];
    try {
      await lock.transaction(async (tx) => {
        if (!(await instanceStore.retire(dead, isGone, tx))) {
          return;
        }
        queues = await leaseStore.takeOver(dead, owner, tx);
        cutOff = (await store.startedBy(dead, MAX_TAKEN, FIRST_ID, tx)).sort(byArrival);
        await transitions.takeOver(dead, owner, tx);
        // Before others see them as this instance's.
        leases.inherit(queues);
        cutOff.forEach(({ id }) => this.taking.add(id));
      });
    } catch (error) {
      cutOff.forEach(({ id }) => this.taking.delete(id));
      leases.disinherit(queues);
      throw error;
    }
    return { queues, cutOff };
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

  private async recover({ id, key, orderKey, executionId, onInterruption, attempts }: CutOff): Promise<void> {
    const { transitions, executions, scheduler } = this.parts;
    if (executionId !== null) {
      this.resume({ kind: 'cutOff', id, key, orderKey, executionId, failures: 0, tries: 0 }, onInterruption);
      return;
    }
    // It was left to the engine's `trigger()`, which may have come to make its execution or not.
    const eventKey = eventKeyOf(id, attempts);
    const execution = await executions.ofEvent(eventKey);
    if (execution) {
      await transitions.link(id, execution);
    } else if (await transitions.putBack(id, eventKey)) {
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
        await this.parts.runner.mark(run, because('INTERRUPTED'));
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
    while (this.parts.scheduler.isFull && !this.parts.instances.lease.isLost) {
      await delay(50);
    }
  }
}

import type { Endpoint } from '../../../endpoints/Endpoint';
import type { Lease } from '../../concurrency/Lease';
import type { WorkflowEngine } from '../../execution/WorkflowEngine';
import type { WokenBy, WokenRun } from '../../model/run';
import type { ResumptionStore } from '../../store/ResumptionStore';
import type { QueueSet } from '../QueueSet';
import type { RunDispatcher } from '../RunDispatcher';
import type { HeldRuns } from './HeldRuns';

/** So many are read at once. */
const BATCH = 200;

export interface ResumptionsParts {
  store: ResumptionStore;
  held: HeldRuns;
  queues: QueueSet;
  dispatcher: RunDispatcher;
  engine: WorkflowEngine;
  lease: Pick<Lease, 'isFresh' | 'isLost' | 'confirm'>;
  /** The enabled webhook of a workflow key. */
  endpointOf(key: string): Endpoint | undefined;
  /** Whether there are other instances. */
  shared(): boolean;
  /** A run waits for no call of its own any more: sees to what has become of it, before its place is free. */
  settle(id: string, executionId: number | string): Promise<void>;
  /** A run of this webhook is noted as one that wants to go on: whoever has its queue is to know. */
  onNoted(key: string): void;
}

/** Goes on with runs that waited: ahead of what has not begun, within their webhook's places. */
export class Resumptions {
  constructor(private readonly parts: ResumptionsParts) {}

  /** A run has what it waited for. Rejects where that could not be saved. */
  async wake(run: WokenRun, { save, isSaved }: WokenBy): Promise<void> {
    const { store, held, dispatcher, lease, onNoted } = this.parts;
    if (held.has(run.id) && !lease.isFresh) {
      await lease.confirm().catch(() => undefined);
    }
    // Where another instance has taken the run over, it is told.
    if (held.has(run.id) && !lease.isLost) {
      const leg = await held.wake(run, () => save(null));
      if (leg) {
        dispatcher.addLeg(leg);
      }
    } else {
      if (!(await isSaved())) {
        await store.add(run, save);
      }
      if (this.needsNoPlace(run.key) && !lease.isLost) {
        dispatcher.addLeg({ ...run, noted: true });
      } else {
        onNoted(run.key);
      }
    }
  }

  /** Takes in what wants to go on in the queues that this instance has. */
  async read(): Promise<void> {
    const { store, queues } = this.parts;
    for (const queue of queues.all()) {
      if (queue.takeWokenMark()) {
        try {
          const found = await store.of(queue.key, BATCH);
          found.forEach((resumption) => this.take(resumption));
        } catch (error) {
          queue.markWoken();
          throw error;
        }
      }
    }
  }

  /** Takes in what wants to go on in no webhook's turn, and was left behind. */
  async readLeftBehind(): Promise<void> {
    const found = this.parts.engine.serving ? await this.parts.store.all(BATCH) : [];
    found.filter(({ key }) => this.needsNoPlace(key)).forEach((resumption) => this.take(resumption));
  }

  /** Frees the places of runs that wait for no call of their own any more, such as one that was cancelled elsewhere. */
  async recheck(): Promise<void> {
    const { held, engine, dispatcher, settle } = this.parts;
    const waiting = held.calling();
    if (waiting.length > 0) {
      const calling = await engine.calling(waiting.map(({ executionId }) => executionId));
      for (const { id, executionId } of waiting.filter((one) => !calling.has(String(one.executionId)))) {
        await settle(id, executionId);
        dispatcher.ended(id);
      }
    }
  }

  /** Ends runs after the node under way that were cancelled on another instance. */
  async stopCancelled(): Promise<void> {
    const { held, engine, shared } = this.parts;
    const running = shared() ? held.running() : [];
    if (running.length > 0) {
      (await engine.aborted(running)).forEach((executionId) => engine.stopRun(executionId));
    }
  }

  /** `concurrency` is about background runs of webhooks that are switched on. */
  private needsNoPlace(key: string): boolean {
    return this.parts.engine.serving && (this.parts.endpointOf(key)?.sync ?? true);
  }

  private take(resumption: Pick<WokenRun, 'id' | 'key' | 'executionId' | 'jobId' | 'orderKey' | 'isRetried'>): void {
    const { held, queues, dispatcher } = this.parts;
    const run: WokenRun = { kind: 'woken', ...resumption, failures: 0, tries: 0, noted: true };
    if (queues.of(run.key).isWaking(run.jobId)) {
      return;
    }
    if (held.has(run.id)) {
      void held.wake(run, () => Promise.resolve()).then((leg) => leg && dispatcher.addLeg(leg));
    } else if (this.needsNoPlace(run.key)) {
      dispatcher.addLeg(run);
    } else {
      dispatcher.add(run);
    }
  }
}

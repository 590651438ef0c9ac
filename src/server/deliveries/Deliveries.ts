import { setTimeout as delay } from 'node:timers/promises';
import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Processor } from '@nocobase/plugin-workflow';
import type { Application } from '@nocobase/server';
import { OPEN_STATUSES } from '../../common/deliveries';
import { WebhookError } from '../../common/errors';
import type { Endpoint } from '../endpoints/Endpoint';
import type { RouteTable } from '../endpoints/RouteTable';
import { compose, type DeliveryParts } from './compose';
import { arrivalOf } from './model/ids';
import { HEARTBEAT_MS } from './cluster/Recovery';
import { replayOf, type ReplayEdits } from './intake/replay';
import { weightOf } from './model/rows';
import type { ReadyRun } from './execution/backend';
import type { DeliveryRow, FirstDelivery, RecordedAnswer } from './model/delivery';

/** How often this instance looks for what others told it, and for what dead ones left, in milliseconds. */
const POLL_MS = 1_000;
const SWEEP_MS = 10_000;

/** How long the end of NocoBase is held up for the answers that runs wait for in its memory, in milliseconds. */
const STOP_PATIENCE_MS = 10_000;

/** How often a repeat looks whether its first has been answered. */
const DUPLICATE_POLL_MS = 200;

/** A delivery that is to be stored. */
export interface NewDelivery {
  row: DeliveryRow;
  endpoint: Endpoint;
  /** The workflow's `$context`; the row needs no copy of it. */
  context: object;
  /** Milliseconds for which its dedupe slot keeps repeats out. */
  windowMs: number;
}

/** What became of it: stored, with its run where a caller waits for one; or the earlier one that it repeats. */
export type Recorded = { first: null; run: ReadyRun | null } | { first: FirstDelivery };

/**
 * Deliveries from their arrival to their end: stored before they are acknowledged, started exactly once,
 * gone on with after a crash. All that the pipeline and the API need of it.
 */
export class Deliveries {
  private parts: DeliveryParts | null = null;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly app: Application,
    private readonly workflows: PluginWorkflowServer,
    private readonly routes: RouteTable,
  ) {}

  /** Starts taking deliveries; the tables must be there. What was left behind is taken up at once. */
  async start(): Promise<void> {
    await this.stop();
    const parts = compose(this.app, this.workflows, this.routes);
    await parts.recovery.heartbeat();
    this.parts = parts;
    parts.services.forEach((service) => service.start());
    parts.retention.start();
    this.every(HEARTBEAT_MS, async () => {
      await parts.recovery.heartbeat();
      await parts.leases.releaseIdle();
    });
    this.every(POLL_MS, async () => {
      await parts.leases.poll();
      parts.scheduler.pump();
    });
    this.every(SWEEP_MS, () => parts.recovery.sweep());
    // Not waited for: NocoBase should answer while what was left behind is taken up.
    void parts.recovery.sweep().catch((error: unknown) => {
      parts.log.warn('what was left behind could not be taken up yet', { error });
    });
  }

  /** Takes nothing more, finishes what runs, and leaves the rest to the next start or another instance. */
  async stop(): Promise<void> {
    const { parts } = this;
    if (!parts) {
      return;
    }
    this.parts = null;
    await parts.inbox.drained();
    this.timers.splice(0).forEach((timer) => clearInterval(timer));
    parts.retention.stop();
    await parts.scheduler.stop();
    // A call that a node of a run has sent out, and whose answer comes in time, needn't be sent again at the next start.
    await parts.recovery.waitForRuns(STOP_PATIENCE_MS).catch(() => undefined);
    await parts.completer.stop();
    parts.services.forEach((service) => service.stop());
    await parts.auditLog.flush();
    await parts.recovery.leave().catch((error: unknown) => {
      parts.log.warn('this instance could not sign off; others notice by its silence', { error });
    });
  }

  /**
   * Stores an async delivery; once this resolves, it is safe and will run.
   * Rejects with `OVERLOADED` or `NOT_RECORDED`, both with `Retry-After`.
   */
  async record({ row, context, windowMs }: NewDelivery): Promise<Recorded> {
    const stored = { ...row, context: JSON.stringify(context) };
    const incoming = { row: stored, context, bytes: weightOf(stored), windowMs, execution: null };
    const first = await this.running().inbox.put(incoming);
    return first ? { first } : { first, run: null };
  }

  /** Stores a delivery whose caller waits, together with its execution, in one commit. As `record`. */
  async recordStarted({ row, endpoint, context, windowMs }: NewDelivery): Promise<Recorded> {
    const { claimer, inbox, leases, instanceId } = this.running();
    if (leases.isPaused(endpoint.key)) {
      throw new WebhookError('OVERLOADED', { reason: 'the webhook is paused', headers: { 'retry-after': '60' } });
    }
    const delivery = { id: row.id, text: JSON.stringify(context), context };
    const start = await claimer.startAtOnce({ endpoint, delivery });
    if (!start) {
      throw new WebhookError('WORKFLOW_FAILED', { reason: 'the trigger did not let it through' });
    }
    const started: DeliveryRow = { ...row, status: 'started', owner: instanceId, attempts: 1, ...start.fields };
    const bytes = weightOf(started) + 2 * delivery.text.length;
    const first = await inbox.put({ row: started, context, bytes, windowMs, execution: start.execution });
    return first ? { first } : { first, run: start.run };
  }

  /** Whether a delivery is certainly not stored, now or later; false where the database can't be asked. */
  async isLost(id: string): Promise<boolean> {
    const { parts } = this;
    if (!parts || parts.inbox.holds(id)) {
      return false;
    }
    return parts.store.first(id).then(
      (found) => found === null,
      () => false,
    );
  }

  /** Runs what `recordStarted` gave, at once; null: it went on without a processor of its own. */
  runNow(run: ReadyRun, options: object): Promise<Processor | null> {
    return this.running().scheduler.runNow(run, options);
  }

  /** Records what started nothing: at leisure, and bounded. */
  note(row: DeliveryRow): void {
    this.parts?.auditLog.add(row);
  }

  /** Keeps what the caller of a sync webhook was answered. */
  answered(answer: RecordedAnswer): void {
    this.parts?.completer.answered(answer);
  }

  /** The delivery that holds a dedupe slot, if its window lasts still. */
  async holderOf(slot: string, windowMs: number): Promise<FirstDelivery | null> {
    const holder = (await this.running().store.slotHolders([slot])).get(slot);
    return holder && Date.now() - arrivalOf(holder.id) < windowMs ? holder : null;
  }

  /** What a delivery's caller was answered, once that is known or its run is over; null: not in that time. */
  async answerTo(first: FirstDelivery, milliseconds: number): Promise<FirstDelivery | null> {
    const deadline = Date.now() + milliseconds;
    let seen: FirstDelivery | null = first;
    while (seen && seen.responseStatus === null && OPEN_STATUSES.includes(seen.status)) {
      const left = deadline - Date.now();
      if (left <= 0) {
        return null;
      }
      await delay(Math.min(left, DUPLICATE_POLL_MS));
      seen = await this.running().store.first(first.id);
    }
    return seen;
  }

  /** Holds a webhook's deliveries as received, on every instance, until it is resumed. */
  async pause(key: string): Promise<void> {
    await this.setPaused(key, true);
  }

  async resume(key: string): Promise<void> {
    await this.setPaused(key, false);
  }

  isPaused(key: string): boolean {
    return this.parts?.leases.isPaused(key) ?? false;
  }

  /**
   * Starts the workflow again from a stored delivery, as it was or edited; the new delivery's id. In the
   * background, also for a webhook whose callers wait. Throws `ReplayError`, and as `record`.
   */
  async replay(id: string, edits: ReplayEdits = {}): Promise<string> {
    const { engine } = this.running();
    const endpointOf = (key: string) => this.routes.findKey(key);
    const replay = await replayOf(id, edits, { db: this.app.db, engine, endpointOf });
    await this.record({ ...replay, windowMs: 0 });
    return replay.row.id;
  }

  /** Keeps a received delivery from starting, or ends a started one; false: it had ended. */
  async cancel(id: string): Promise<boolean> {
    const { store, engine } = this.running();
    if (await store.giveUp({ id, status: 'ignored', reason: 'cancelled' }, new Date())) {
      return true;
    }
    const first = await store.first(id);
    const execution = first?.status === 'started' && first.executionId ? await engine.find(first.executionId) : null;
    return execution ? engine.abort(execution, 'manual_cancel') : false;
  }

  /** Waiting for their commit, and refused ones that came too fast to be recorded. */
  get figures(): { inboxDepth: number; notRecorded: number } {
    return { inboxDepth: this.parts?.inbox.depth ?? 0, notRecorded: this.parts?.auditLog.notRecorded ?? 0 };
  }

  private async setPaused(key: string, paused: boolean): Promise<void> {
    const { instances, leases, scheduler } = this.running();
    await instances.setPaused(key, paused);
    await leases.poll();
    scheduler.pump();
  }

  private running(): DeliveryParts {
    if (!this.parts) {
      throw new WebhookError('OVERLOADED', {
        reason: 'NocoBase is starting or stopping',
        headers: { 'retry-after': '5' },
      });
    }
    return this.parts;
  }

  /** Does it again and again, never twice at a time; what fails is tried at the next turn. */
  private every(milliseconds: number, work: () => Promise<void>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) {
        return;
      }
      busy = true;
      work()
        .catch((error: unknown) => this.app.logger.warn('webhook deliveries: a recurring check failed', { error }))
        .finally(() => {
          busy = false;
        });
    }, milliseconds);
    this.timers.push(timer.unref());
  }
}

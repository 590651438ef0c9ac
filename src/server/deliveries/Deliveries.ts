import { setTimeout as delay } from 'node:timers/promises';
import type PluginWorkflowServer from '@nocobase/plugin-workflow';
import type { Processor } from '@nocobase/plugin-workflow';
import type { Database } from '@nocobase/database';
import type { Application } from '@nocobase/server';
import { WebhookError } from '../../common/errors';
import type { RouteTable } from '../endpoints/RouteTable';
import type { Endpoint } from '../endpoints/Endpoint';
import type { FileStore, WebhookFile } from '../files/FileStore';
import type { Answer, WebhookContext } from '../pipeline/types';
import { answerOf } from '../reply/answer/answerOf';
import { answerOfRun } from '../reply/answerOfRun';
import { requestScope } from '../templates/scope';
import { compose, type DeliveryParts } from './compose';
import { Semaphore } from './concurrency/Semaphore';
import type { Judge } from './execution/backend';
import { cancel } from './execution/cancel';
import { answerTo, slotHolder, type DuplicateRule } from './intake/duplicates';
import { erase, type Erased, type EraseOptions } from './intake/erase';
import type { AuditEntry } from './intake/AuditLog';
import type { NewDelivery, Recorded } from './intake/Intake';
import { replayOf, type ReplayEdits } from './intake/replay';
import type { OriginalDelivery, RecordedAnswer } from './model/delivery';
import { newDeliveryId } from './model/ids';
import { keptAnswer } from './model/rows';
import type { ReadyRun } from './model/run';
import { Connections } from './store/Connections';
import { isConnectionError } from './store/databaseErrors';
import { InstanceStore } from './store/InstanceStore';
import { ParkingStore } from './store/ParkingStore';
import { preparePositions } from './store/positions';

/** How long the caller of a failed run waits for that to be written down, in milliseconds. */
const END_WAIT_MS = 2_000;

/** Milliseconds until it is tried again to go on as a new instance. */
const RETRY_MS = 1_000;

/**
 * Deliveries from their arrival to their end: stored before they are acknowledged, started exactly once,
 * resumed after a crash. All that the pipeline and the API need of it.
 */
export class Deliveries {
  private parts: DeliveryParts | null = null;
  private connections: Connections | null = null;
  private isOn = false;
  /** What is being begun is stopped afterwards, and the other way round. */
  private readonly mutex = new Semaphore(1);

  constructor(
    private readonly app: Application,
    private readonly workflows: PluginWorkflowServer,
    private readonly routes: RouteTable,
    private readonly files: FileStore,
    /** Told of deliveries whose runs have ended, or are to be tried again. */
    private readonly onEnded: (ids: readonly string[]) => void,
  ) {}

  /**
   * Starts taking deliveries; the tables must be there. What was left behind is taken up at once. Where the database has
   * no connection to spare it is tried again, and NocoBase starts all the same.
   */
  async start(): Promise<void> {
    await this.stop();
    this.isOn = true;
    try {
      await this.mutex.run(() => this.begin(this.connect()));
    } catch (error) {
      if (!isConnectionError(error)) {
        throw error;
      }
      this.app.logger.warn('webhook deliveries could not be started yet; trying again', { error });
      void this.mutex.run(() => this.beginSurely());
    }
  }

  /** The database over connections of our own, for statements that are short; NocoBase's before the start and after the end. */
  get db(): Database {
    return this.connections?.deliveries ?? this.app.db;
  }

  private connect(): Connections {
    return (this.connections ??= new Connections(this.app.db));
  }

  private async begin(connections: Connections): Promise<void> {
    await preparePositions(this.app.db);
    const onLost = () => this.goOnAsNew(parts);
    const parts: DeliveryParts = compose(this.app, this.workflows, this.routes, connections, onLost, this.onEnded);
    try {
      for (const service of parts.services) {
        await service.start();
      }
    } catch (error) {
      abandon(parts);
      throw error;
    }
    this.parts = parts;
    // Not waited for: NocoBase should answer while what was left behind is taken up.
    void parts.recovery.sweep().catch((error: unknown) => {
      parts.log.warn('what was left behind could not be taken up yet', { error });
    });
  }

  /** Keeps the engine from going on with what waits, until `unpark`; to be called once this is stopped. */
  async park(): Promise<void> {
    await this.parking().park();
  }

  /** Lets go on what was parked; to be called before the engine looks for what waits. */
  async unpark(): Promise<void> {
    await this.parking()
      .unpark()
      .catch((error: unknown) => {
        this.app.logger.error('runs that were parked while webhooks were disabled could not be put back', { error });
      });
  }

  /** Takes nothing more, finishes what runs, and leaves the rest to the next start or another instance. */
  async stop(): Promise<void> {
    this.isOn = false;
    await this.mutex.run(async () => {
      await this.end();
      const { connections } = this;
      this.connections = null;
      await connections?.close();
    });
  }

  private async end(): Promise<void> {
    const { parts } = this;
    this.parts = null;
    for (const service of [...(parts?.services ?? [])].reverse()) {
      try {
        await service.stop();
      } catch (error) {
        parts?.log.warn('webhook deliveries: a part could not be stopped in order', { error });
      }
    }
  }

  /** Another instance has taken over all that was in hand here: it is let go of, and this goes on as a new one. */
  private goOnAsNew(lost: DeliveryParts): void {
    abandon(lost);
    if (this.parts === lost) {
      this.parts = null;
      void this.mutex.run(() => this.beginSurely());
    }
  }

  private async beginSurely(): Promise<void> {
    while (this.isOn && this.parts === null) {
      try {
        await this.begin(this.connect());
      } catch (error) {
        this.app.logger.warn('webhook deliveries could not be gone on with yet; trying again', { error });
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  /**
   * Stores an async delivery; once this resolves, it is safe and will run.
   * Rejects with `OVERLOADED` or `NOT_RECORDED`, both with `Retry-After`.
   */
  async record(delivery: NewDelivery): Promise<Recorded> {
    return this.running().intake.record(delivery);
  }

  /**
   * Stores a delivery whose caller waits, together with its execution, in one commit; what it gives has to be run.
   * Rejects as `record`, and with `OVERLOADED` where too many callers wait for runs.
   */
  async recordStarted(delivery: NewDelivery): Promise<Recorded> {
    const { dispatcher, intake } = this.running();
    dispatcher.enter();
    let runs = false;
    try {
      const recorded = await intake.recordStarted(delivery);
      runs = recorded.original === null && recorded.run !== null;
      return recorded;
    } finally {
      if (!runs) {
        dispatcher.leave();
      }
    }
  }

  /** Whether a delivery is certainly not stored, now or later; false where the database can't be asked. */
  async isLost(id: string): Promise<boolean> {
    return this.parts?.intake.isLost(id) ?? false;
  }

  /** Runs what `recordStarted` gave, at once; null: it went on without a processor of its own. */
  async runNow(run: ReadyRun, options: object, judge?: Judge): Promise<Processor | null> {
    const { dispatcher } = this.running();
    return dispatcher.runNow(run, options, judge).finally(() => dispatcher.leave());
  }

  /** Records what started nothing: at leisure, and bounded. */
  note(entry: AuditEntry): void {
    this.parts?.auditLog.add(entry);
  }

  /** Resolves once the end of a run is written down, or that takes too long to be waited for. */
  async isEndWritten(id: string): Promise<void> {
    await Promise.race([this.parts?.completer.written(id), delay(END_WAIT_MS, undefined, { ref: false })]);
  }

  /** Keeps what a run came to answer after its caller was told that it takes too long. Never rejects. */
  async answeredLate(id: string, answer: Answer): Promise<void> {
    const { parts } = this;
    const kept = keptAnswer(answer);
    if (parts && kept) {
      await parts.store.recordRepeatAnswer(id, kept).catch((error: unknown) => {
        // Then it is read off the execution.
        parts.log.warn(`the answer of webhook delivery ${id} could not be kept`, { error });
      });
    }
  }

  /** Keeps what the caller of a sync webhook was answered. */
  answered(answer: RecordedAnswer): void {
    this.parts?.completer.answered(answer);
  }

  /** The delivery that holds a dedupe slot, if what comes now is a repeat of it. */
  async holderOf(slot: string, rule: DuplicateRule): Promise<OriginalDelivery | null> {
    return slotHolder(slot, rule, this.running().store);
  }

  /** What a delivery's caller was answered, once that is known or its run is over; null: not in that time. */
  async answerTo(original: OriginalDelivery, milliseconds: number): Promise<OriginalDelivery | null> {
    return answerTo(original, milliseconds, this.running().store);
  }

  /** Holds a webhook's deliveries as received, on every instance, until it is resumed. */
  async pause(key: string): Promise<void> {
    await this.running().leases.setPaused(key, true);
  }

  async resume(key: string): Promise<void> {
    await this.running().leases.setPaused(key, false);
  }

  isPaused(key: string): boolean {
    return this.parts?.leases.isPaused(key) ?? false;
  }

  /**
   * Starts the workflow again from a stored delivery, as it was or edited; the new delivery's id. In the
   * background, also for a webhook whose callers wait. Throws `ReplayError`, and as `record`.
   * @param as the new delivery's id: the same one for every attempt, so that one is stored at most
   */
  async replay(id: string, edits: ReplayEdits = {}, as = newDeliveryId()): Promise<string> {
    const { engine, intake, store, log } = this.running();
    const endpointOf = (key: string) => this.routes.findKey(key);
    const replay = await replayOf(id, as, edits, { db: this.app.db, engine, endpointOf });
    const { replaced, row, context, endpoint } = replay;
    const repeatAnswer = replaced && !endpoint.sync ? await this.answerOfRequest(endpoint, context) : null;
    await intake.record({ row: { ...row, repeatAnswer }, context, endpoint, rule: null });
    if (replaced) {
      await store.passSlot(replaced, row.id).catch((error: unknown) => {
        log.warn(`repeats of webhook delivery ${id} are not known as those of its replay`, { error });
      });
    }
    return row.id;
  }

  /** Keeps a received delivery from starting, or ends a started one; false: it had ended. */
  async cancel(id: string): Promise<boolean> {
    const parts = this.running();
    const wasOpen = await parts.unclaimer.around(id, parts.dispatcher.waiting(), () => cancel(id, parts));
    const key = wasOpen ? await parts.store.keyOf(id) : null;
    if (key !== null) {
      // What was behind it need not wait any more.
      parts.leases.offerAgain(key);
    }
    return wasOpen;
  }

  /** Takes what is personal out of these deliveries, and out of their executions if wished. */
  async erase(
    ids: readonly string[],
    options: EraseOptions,
    discard: (files: readonly WebhookFile[]) => Promise<void>,
  ): Promise<Erased> {
    const statusOfRun = async ({ executionId, status }: OriginalDelivery) => {
      const answer =
        executionId === null ? null : await answerOfRun(executionId, this.workflows, this.files).catch(() => null);
      return answer?.status ?? (status === 'succeeded' ? 200 : 500);
    };
    return erase(ids, options, { ...this.running(), cancel: (id) => this.cancel(id), discard, statusOfRun });
  }

  /** Counts a refused request that is not to be recorded. */
  countUnrecorded(key: string): void {
    this.parts?.auditLog.count(key);
  }

  /** How many of a webhook's requests that started nothing were only counted, on this instance since it started. */
  notRecordedOf(key: string): number {
    return this.parts?.auditLog.notRecordedOf(key) ?? 0;
  }

  /** Waiting for their commit, and ones that started nothing and were only counted. */
  get figures(): { inboxDepth: number; notRecorded: number } {
    return { inboxDepth: this.parts?.inbox.depth ?? 0, notRecorded: this.parts?.auditLog.notRecorded ?? 0 };
  }

  /**
   * JSON of what the callers of an async webhook are answered, which hangs on the request alone; null: it is too long to be
   * kept, or can't be made, which is for who repeats the call to be told.
   */
  private async answerOfRequest({ config }: Endpoint, context: WebhookContext): Promise<string | null> {
    const env = () => this.app.environment.getVariables();
    try {
      const scope = requestScope(context, { workflows: this.workflows, env });
      const kept = keptAnswer(await answerOf(config.response, scope, this.files));
      return kept && JSON.stringify(kept);
    } catch (error) {
      this.app.logger.warn('webhook: the answer to repeats of a replayed delivery could not be made', { error });
      return null;
    }
  }

  private parking(): ParkingStore {
    const { db } = this.app;
    return new ParkingStore(db, new InstanceStore(db));
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
}

/** Stops all at once; nothing is finished or given back. */
function abandon({ services, log }: DeliveryParts): void {
  for (const service of [...services].reverse()) {
    if (service.abandon) {
      service.abandon();
    } else {
      Promise.resolve(service.stop()).catch((error: unknown) => {
        log.warn('webhook deliveries: a part could not be stopped in order', { error });
      });
    }
  }
}

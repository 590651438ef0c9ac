import { setTimeout as delay } from 'node:timers/promises';
import type { Filter, Model } from '@nocobase/database';
import type { Application } from '@nocobase/server';
import { BaseError } from 'sequelize';
import { v7 } from 'uuid';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import { MAX_REPLAYS, type ReplayJob } from '../../common/deliveriesApi';
import { WebhookError } from '../../common/errors';
import type { Deliveries } from '../deliveries/Deliveries';
import { newDeliveryId } from '../deliveries/model/ids';
import { isPassing, isUniqueError } from '../deliveries/store/databaseErrors';
import { orderOf } from './deliveryFilter';

const REPLAYS_COLLECTION = 'webhookReplays';

/** Ids read at a time; the progress is written as often. */
const BATCH = 50;

/** A job of which nothing was heard for so long is not done by anybody any more, in milliseconds. */
const SILENCE = 60_000;

/** How long is waited before something is tried again, in milliseconds: at first, and at most. */
const PAUSE = { first: 1_000, most: 30_000 };

/** How long one that begins waits for another one that begins, and how long that may take, in milliseconds. */
const LOCK = { wait: 5_000, held: 30_000 };

/** Why many deliveries can't be replayed. */
export class ReplayJobError extends Error {
  constructor(readonly code: 'NOTHING_FOUND' | 'TOO_MANY' | 'ALREADY_RUNNING') {
    super(code);
    this.name = 'ReplayJobError';
  }
}

/** Replays filtered selections in the background, one at a time, in order of arrival. */
export class ReplayJobs {
  private ended = false;

  constructor(
    private readonly app: Application,
    private readonly deliveries: Pick<Deliveries, 'replay'>,
  ) {}

  /**
   * Begins to replay what meets the filter now; what comes in later, the replays among it, is not. Throws
   * `ReplayJobError`.
   */
  async start(filter: Filter): Promise<ReplayJob> {
    // An id of this moment: what arrives from here on sorts behind it.
    const id = v7();
    const selection = { $and: [filter, { id: { $lt: id } }] };
    const found = await this.ids(selection, MAX_REPLAYS + 1);
    if (found.length === 0 || found.length > MAX_REPLAYS) {
      throw new ReplayJobError(found.length === 0 ? 'NOTHING_FOUND' : 'TOO_MANY');
    }
    const job: ReplayJob = { id, status: 'running', total: found.length, replayed: 0, failed: 0 };
    const lock = await this.app.lockManager.tryAcquire('webhook:replay', LOCK.wait).catch(() => {
      throw new ReplayJobError('ALREADY_RUNNING');
    });
    await lock.runExclusive(async () => {
      if (await this.isBusy()) {
        throw new ReplayJobError('ALREADY_RUNNING');
      }
      await this.repository.create({ values: { ...job, seenAt: Date.now() } });
    }, LOCK.held);
    void this.run(job, found).catch((error: unknown) => this.app.logger.error('a replay broke off', { error }));
    return { ...job };
  }

  /** How far a job has come; null: there is none of that id. */
  async find(id: string): Promise<ReplayJob | null> {
    const row = await this.repository.findOne({ filterByTk: id });
    if (!row) {
      return null;
    }
    const { seenAt, status, total, replayed, failed } = row.get() as ReplayJob & { seenAt: number | string };
    const isSilent = status === 'running' && Date.now() - Number(seenAt) > SILENCE;
    return { id, status: isSilent ? 'interrupted' : status, total, replayed, failed };
  }

  /** Lets a job end before its next batch, on whichever instance it runs. */
  async stop(id: string): Promise<void> {
    await this.repository.update({ filter: { id, status: 'running' }, values: { status: 'stopped' } });
  }

  /** Ends what runs here, as NocoBase stops. */
  end(): void {
    this.ended = true;
  }

  private get repository() {
    return this.app.db.getRepository(REPLAYS_COLLECTION);
  }

  private async ids(filter: Filter, limit: number): Promise<string[]> {
    const rows = await this.app.db
      .getRepository(DELIVERIES_COLLECTION)
      .find({ filter, ...orderOf(['position']), fields: ['id'], limit });
    return rows.map((row: Model) => String(row.get('id')));
  }

  private async isBusy(): Promise<boolean> {
    const filter = { status: 'running', seenAt: { $gt: Date.now() - SILENCE } };
    return (await this.repository.count({ filter })) > 0;
  }

  private async run(job: ReplayJob, ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += BATCH) {
      for (const id of ids.slice(at, at + BATCH)) {
        const isReplayed = await this.replay(id, job);
        if (isReplayed === null) {
          return;
        }
        job.replayed += isReplayed ? 1 : 0;
        job.failed += isReplayed ? 0 : 1;
      }
      if (!(await this.goesOn(job))) {
        return;
      }
    }
    await this.lastingly(() => this.write(job, 'finished'));
  }

  /** Writes how far the job has come; false: it was stopped, or NocoBase stops. */
  private async goesOn(job: ReplayJob): Promise<boolean> {
    if (this.ended) {
      await this.write(job, 'interrupted');
      return false;
    }
    const written = await this.lastingly(async () => {
      await this.write(job);
      return this.find(job.id);
    });
    return written !== null && written.status !== 'stopped';
  }

  private async write({ id, replayed, failed }: ReplayJob, status?: ReplayJob['status']): Promise<void> {
    const values = { replayed, failed, seenAt: Date.now(), ...(status ? { status } : {}) };
    await this.repository.update({ filterByTk: id, values });
  }

  /** Tries again for as long as what fails may pass; SQLite, say, refuses who comes while another writes. */
  private async lastingly<T>(work: () => Promise<T>): Promise<T> {
    for (let pause = PAUSE.first; ; pause = Math.min(2 * pause, PAUSE.most)) {
      try {
        return await work();
      } catch (error) {
        if (this.ended || !isPassing(error)) {
          throw error;
        }
        await delay(pause);
      }
    }
  }

  /**
   * Whether it was replayed; null: the job goes no further. A full inbox is waited for, as one who replays a lot must not
   * crowd out what comes in; and so is a database that is away. All attempts have one id, so that one whose outcome
   * nobody learned is not made twice.
   */
  private async replay(id: string, job: ReplayJob): Promise<boolean | null> {
    const as = newDeliveryId();
    for (let pause = PAUSE.first; ; pause = Math.min(2 * pause, PAUSE.most)) {
      try {
        await this.deliveries.replay(id, {}, as);
        return true;
      } catch (error) {
        if (isStored(error)) {
          return true;
        }
        if (!mayPass(error)) {
          return false;
        }
      }
      // It says that it is alive, and learns whether it was stopped.
      if (!(await this.goesOn(job))) {
        return null;
      }
      await delay(pause);
    }
  }
}

/** Whether an attempt before stored it: nothing else of a replay has to be unique. */
function isStored(error: unknown): boolean {
  return error instanceof WebhookError && isUniqueError(error.options.cause);
}

/** Whether the same replay may be stored later. What the database says of the row itself stays so, and what was not kept. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof WebhookError)) {
    return isPassing(error);
  }
  const { cause } = error.options;
  return (
    error.code === 'OVERLOADED' ||
    (error.code === 'NOT_RECORDED' && (!(cause instanceof BaseError) || isPassing(cause)))
  );
}

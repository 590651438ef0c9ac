import { setTimeout as delay } from 'node:timers/promises';
import type { Filter, Model } from '@nocobase/database';
import type { Application } from '@nocobase/server';
import { v7 } from 'uuid';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import { MAX_REPLAYS, type ReplayJob } from '../../common/deliveriesApi';
import { WebhookError } from '../../common/errors';
import type { Deliveries } from '../deliveries/Deliveries';
import { orderOf } from './deliveryFilter';

const REPLAYS_COLLECTION = 'webhookReplays';

/** Ids read at a time; the progress is written as often. */
const BATCH = 50;

/** A job of which nothing was heard for so long is not done by anybody any more, in milliseconds. */
const SILENCE = 60_000;

/** How long the inbox is left in peace when it is full, in milliseconds. */
const FULL_PAUSE = 1_000;

/** How often it is tried to write the progress, a second in between. */
const WRITE_ATTEMPTS = 10;

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
    await this.app.lockManager.runExclusive('webhook:replay', async () => {
      if (await this.isBusy()) {
        throw new ReplayJobError('ALREADY_RUNNING');
      }
      await this.repository.create({ values: { ...job, seenAt: Date.now() } });
    });
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

  /** Lets a job end before its next batch, on whichever node it runs. */
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
      .find({ filter, ...orderOf(['id']), fields: ['id'], limit });
    return rows.map((row: Model) => String(row.get('id')));
  }

  private async isBusy(): Promise<boolean> {
    const filter = { status: 'running', seenAt: { $gt: Date.now() - SILENCE } };
    return (await this.repository.count({ filter })) > 0;
  }

  private async run(job: ReplayJob, ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length && !this.ended; at += BATCH) {
      for (const id of ids.slice(at, at + BATCH)) {
        const isReplayed = await this.replay(id);
        job.replayed += isReplayed ? 1 : 0;
        job.failed += isReplayed ? 0 : 1;
      }
      await this.write(job);
      if ((await this.find(job.id))?.status === 'stopped') {
        return;
      }
    }
    await this.write(job, this.ended ? 'interrupted' : 'finished');
  }

  /** SQLite refuses who comes while another writes: it is tried again, as the replays go on being stored. */
  private async write({ id, replayed, failed }: ReplayJob, status?: ReplayJob['status']): Promise<void> {
    const values = { replayed, failed, seenAt: Date.now(), ...(status ? { status } : {}) };
    for (let attempt = 1; ; attempt++) {
      try {
        await this.repository.update({ filterByTk: id, values });
        return;
      } catch (error) {
        if (attempt >= WRITE_ATTEMPTS || this.ended) {
          throw error;
        }
        await delay(FULL_PAUSE);
      }
    }
  }

  /** Whether it was replayed. A full inbox is waited for: one who replays a lot must not crowd out what comes in. */
  private async replay(id: string): Promise<boolean> {
    for (;;) {
      try {
        await this.deliveries.replay(id);
        return true;
      } catch (error) {
        if (!(error instanceof WebhookError && error.code === 'OVERLOADED') || this.ended) {
          return false;
        }
        await delay(FULL_PAUSE);
      }
    }
  }
}

import type { Database } from '@nocobase/database';
import { EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import { Batcher } from '../concurrency/Batcher';
import { bisect } from '../concurrency/bisect';
import { LeaseLost } from '../concurrency/Lease';
import { isConnectionError } from './databaseErrors';
import { Fence, isFenced } from './Fence';
import { groupBy } from './grouping';
import { placeholders, SqlTable, type Tx, type Value } from './SqlTable';
import type { WriteLock } from './WriteLock';

/** One statement is about so many runs at most, with so many results of each: below the number of parameters that SQLite takes. */
const MAX_RUNS = 50;
const MAX_JOBS = 50;

/** A new result of a node: the job's values, by field. */
export type JobRow = Record<string, Value | undefined>;

/** A result that is stored already, and what of it is another one now. */
export interface JobChange {
  id: number | string;
  values: JobRow;
}

/** How an execution ended; or that it goes on to be started. */
export interface EndRow {
  id: number | string;
  /** The delivery that it is of. */
  deliveryId: string;
  status: number;
  /** null: the one that it has stays. */
  reason: string | null;
}

/** What the nodes of one run have come to since that was written last. */
export interface Results {
  changed: readonly JobChange[];
  created: readonly JobRow[];
}

/** New results of one run. */
interface NewJobs {
  deliveryId: string;
  jobs: readonly JobRow[];
}

/**
 * Writes down how runs end: what their nodes came to, and their executions' status. Those that end together, together.
 * What is not this instance's delivery any more is not written: that rejects with `LeaseLost`.
 */
export class RunStore {
  private readonly jobs: SqlTable;
  private readonly executions: SqlTable;
  private readonly fence: Fence;
  private readonly jobBatcher: Batcher<NewJobs, undefined>;
  private readonly endBatcher: Batcher<EndRow, boolean>;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
    /** This instance. */
    private readonly owner: string,
  ) {
    this.fence = new Fence(db);
    this.jobs = new SqlTable(db, db.getCollection('jobs'));
    this.executions = new SqlTable(db, db.getCollection('executions'));
    const options = { maxItems: MAX_RUNS };
    this.jobBatcher = new Batcher(
      (runs) => bisect(runs, (some) => this.lock.exclusively(() => this.insertJobs(some, null)), isConnectionError),
      options,
    );
    this.endBatcher = new Batcher((ends) => bisect(ends, (some) => this.writeEnds(some), isConnectionError), options);
  }

  /**
   * Stores results of one run: all of them or none, since the place where a run was is told by what it has stored. New
   * ones alone share a statement with other runs'.
   */
  async save(deliveryId: string, results: Results): Promise<void> {
    const { changed, created } = results;
    if (changed.length === 0 && created.length <= MAX_JOBS) {
      await (created.length > 0 && this.jobBatcher.add({ deliveryId, jobs: created }));
    } else {
      await this.saveTogether(deliveryId, results);
    }
  }

  /**
   * Stores results of one run that may be stored already, in statements of its own. Gives the ids that results of other
   * runs have; then none is stored.
   */
  async saveRemaining(deliveryId: string, { changed, created }: Results): Promise<ReadonlySet<string>> {
    const stored = new Set<string>();
    for (let offset = 0; offset < created.length; offset += MAX_JOBS) {
      const { own, others } = await this.storedAmong(created.slice(offset, offset + MAX_JOBS));
      if (others.size > 0) {
        return others;
      }
      own.forEach((id) => stored.add(id));
    }
    await this.saveTogether(deliveryId, { changed, created: created.filter(({ id }) => !stored.has(String(id))) });
    return new Set();
  }

  /**
   * Ends a started execution, or makes sure that it is still started. False: it is not sure that it was; what it is now
   * has to be read.
   */
  end(end: EndRow): Promise<boolean> {
    return this.endBatcher.add(end);
  }

  /** As {@link end}, in a statement of its own. */
  async endAlone(end: EndRow): Promise<boolean> {
    const [isSure = false] = await this.writeEnds([end]);
    return isSure;
  }

  private async saveTogether(deliveryId: string, { changed, created }: Results): Promise<void> {
    if (changed.length + Math.ceil(created.length / MAX_JOBS) <= 1) {
      return this.lock.exclusively(() => this.write(deliveryId, { changed, created }, null));
    }
    await this.lock.transaction((tx) => this.write(deliveryId, { changed, created }, tx));
  }

  private async write(deliveryId: string, { changed, created }: Results, tx: Tx): Promise<void> {
    for (const change of changed) {
      await this.changeJob(deliveryId, change, tx);
    }
    for (let offset = 0; offset < created.length; offset += MAX_JOBS) {
      await this.insertJobs([{ deliveryId, jobs: created.slice(offset, offset + MAX_JOBS) }], tx);
    }
  }

  private async changeJob(deliveryId: string, { id, values }: JobChange, tx: Tx): Promise<void> {
    const { jobs: t } = this;
    const bind: unknown[] = [];
    const set = Object.entries(values).map(([field, value]) => {
      const text = t.isJson(field) ? JSON.stringify(value ?? null) : value;
      return `${t.column(field)} = $${bind.push(t.bindableIn(field, text, true))}`;
    });
    const sql = `UPDATE ${t.name} SET ${set.join(', ')} WHERE ${t.column('id')} = $${bind.push(id)}`;
    const mine = this.fence.owns(this.owner, deliveryId, bind) + (tx ? this.fence.endsInTime() : '');
    const affected = await t.change(sql + mine, bind, tx);
    if (affected === 0 && !(await this.fence.check(this.owner, deliveryId, tx))) {
      throw new LeaseLost();
    }
  }

  /** Which ids of one run's results are stored: as its own, and as others'. */
  private async storedAmong(jobs: readonly JobRow[]): Promise<{ own: Set<string>; others: Set<string> }> {
    const { jobs: t } = this;
    const bind: unknown[] = [];
    const ids = jobs.map(({ id }) => id);
    const rows = await t.select<{ id: string | number; executionId: string | number }>(
      `SELECT ${t.pick(['id', 'executionId'])} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
    const executionId = String(jobs[0]?.executionId);
    const idsOf = (isOwn: boolean) =>
      new Set(rows.filter((row) => (String(row.executionId) === executionId) === isOwn).map(({ id }) => String(id)));
    return { own: idsOf(true), others: idsOf(false) };
  }

  private async insertJobs(runs: readonly NewJobs[], tx: Tx): Promise<undefined[]> {
    const { jobs: t, fence, owner } = this;
    const { fields } = t;
    const rows = runs
      .flatMap(({ jobs }) => jobs)
      .map((job) =>
        Object.fromEntries(fields.map((field) => [field, t.isJson(field) ? asJson(job[field]) : job[field]])),
      );
    const only = fence.ownsAll(
      owner,
      runs.map(({ deliveryId }) => deliveryId),
    );
    try {
      await t.insert(rows, tx, { exactJson: true, only });
    } catch (error) {
      throw isFenced(error) && runs.length === 1 ? new LeaseLost() : error;
    }
    return runs.map(() => undefined);
  }

  private writeEnds(ends: readonly EndRow[]): Promise<boolean[]> {
    return this.lock.exclusively(async () => {
      const { executions: t } = this;
      const now = t.bindable(new Date());
      let ended = 0;
      for (const same of groupBy(ends, ({ status, reason }) => `${status} ${reason ?? ''}`)) {
        const [{ status, reason }] = same;
        const bind: unknown[] = [status, now, EXECUTION_STATUS.STARTED];
        const why = reason === null ? '' : `, ${t.column('reason')} = $${bind.push(t.bindableIn('reason', reason))}`;
        const ids = same.map(({ id }) => id);
        const deliveries = same.map(({ deliveryId }) => deliveryId);
        ended += await t.change(
          `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('updatedAt')} = $2${why}` +
            ` WHERE ${t.column('status')} = $3 AND ${t.column('id')} IN (${placeholders(ids, bind)})` +
            this.fence.ownsExecution(t.column('id'), this.owner, deliveries, bind),
          bind,
          null,
        );
      }
      return ends.map(() => ended === ends.length);
    });
  }
}

/** A JSON column's value as the table takes it: text. */
function asJson(value: Value | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

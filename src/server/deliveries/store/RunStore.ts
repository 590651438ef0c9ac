import type { Database } from '@nocobase/database';
import { EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import { Batcher } from '../concurrency/Batcher';
import { bisect } from '../concurrency/bisect';
import { isConnectionError } from './databaseErrors';
import { groupBy } from './grouping';
import { placeholders, SqlTable, type Value } from './SqlTable';
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
  status: number;
  /** null: the one that it has stays. */
  reason: string | null;
}

/** Writes down how runs end: what their nodes came to, and their executions' status. Those that end together, together. */
export class RunStore {
  private readonly jobs: SqlTable;
  private readonly executions: SqlTable;
  private readonly jobBatcher: Batcher<readonly JobRow[], undefined>;
  private readonly endBatcher: Batcher<EndRow, boolean>;

  constructor(
    db: Database,
    private readonly lock: Pick<WriteLock, 'exclusively'>,
  ) {
    this.jobs = new SqlTable(db, db.getCollection('jobs'));
    this.executions = new SqlTable(db, db.getCollection('executions'));
    const options = { maxItems: MAX_RUNS };
    this.jobBatcher = new Batcher((runs) => bisect(runs, (some) => this.insertJobs(some), isConnectionError), options);
    this.endBatcher = new Batcher((ends) => bisect(ends, (some) => this.writeEnds(some), isConnectionError), options);
  }

  /** Stores the new results of one run. */
  async saveJobs(jobs: readonly JobRow[]): Promise<void> {
    for (let offset = 0; offset < jobs.length; offset += MAX_JOBS) {
      await this.jobBatcher.add(jobs.slice(offset, offset + MAX_JOBS));
    }
  }

  /** Stores the new results of one run of which some may be stored, in statements of its own. */
  async saveRemainingJobs(jobs: readonly JobRow[]): Promise<void> {
    for (let offset = 0; offset < jobs.length; offset += MAX_JOBS) {
      const some = jobs.slice(offset, offset + MAX_JOBS);
      const stored = await this.storedAmong(some);
      await this.insertJobs([some.filter(({ id }) => !stored.has(String(id)))]);
    }
  }

  /** Changes results that are stored, in their order. */
  async changeJobs(changes: readonly JobChange[]): Promise<void> {
    const { jobs: t } = this;
    for (const { id, values } of changes) {
      const bind: unknown[] = [];
      const set = Object.entries(values).map(([field, value]) => {
        const text = t.isJson(field) ? JSON.stringify(value ?? null) : value;
        return `${t.column(field)} = $${bind.push(t.bindableIn(field, text, true))}`;
      });
      const sql = `UPDATE ${t.name} SET ${set.join(', ')} WHERE ${t.column('id')} = $${bind.push(id)}`;
      await this.lock.exclusively(() => t.change(sql, bind, null));
    }
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

  /** The ids of those of one run's results that are stored. */
  private async storedAmong(jobs: readonly JobRow[]): Promise<Set<string>> {
    const { jobs: t } = this;
    const bind: unknown[] = [jobs[0]?.executionId];
    const ids = jobs.map(({ id }) => id);
    const rows = await t.select<{ id: string | number }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('executionId')} = $1` +
        ` AND ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
    return new Set(rows.map(({ id }) => String(id)));
  }

  private async insertJobs(runs: readonly (readonly JobRow[])[]): Promise<undefined[]> {
    const { jobs: t } = this;
    const { fields } = t;
    const rows = runs
      .flat()
      .map((job) =>
        Object.fromEntries(fields.map((field) => [field, t.isJson(field) ? asJson(job[field]) : job[field]])),
      );
    await this.lock.exclusively(() => t.insert(rows, null, { exactJson: true }));
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
        ended += await t.change(
          `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('updatedAt')} = $2${why}` +
            ` WHERE ${t.column('status')} = $3 AND ${t.column('id')} IN (${placeholders(ids, bind)})`,
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

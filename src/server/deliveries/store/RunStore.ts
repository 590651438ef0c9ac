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

/** How an execution ended. */
export interface EndRow {
  id: number | string;
  status: number;
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

  /** Ends a started execution. False: it is not sure that it was still started; what it is now has to be read. */
  end(end: EndRow): Promise<boolean> {
    return this.endBatcher.add(end);
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
      for (const same of groupBy(ends, ({ status }) => String(status))) {
        const bind: unknown[] = [same[0].status, now, EXECUTION_STATUS.STARTED];
        const ids = same.map(({ id }) => id);
        ended += await t.change(
          `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('updatedAt')} = $2` +
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

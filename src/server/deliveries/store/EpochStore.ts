import type { Database } from '@nocobase/database';
import { EXECUTION_STATUS, JOB_STATUS } from '@nocobase/plugin-workflow';
import { v4 } from 'uuid';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { SqlTable, type Tx } from './SqlTable';
import type { WriteLock } from './WriteLock';

/** Both tables have one row. */
const ID = 1;

/** What the two tables say: null: nothing. */
interface Tokens {
  here: string | null;
  log: string | null;
}

/**
 * Tells a log that came out of a backup from one that was left behind by a crash. The same token, another one every few
 * seconds, stands in a table that backups have where they have the log, and in one that they leave out: a crash leaves
 * both alike. Restored into the database that it is of, the log has the token of then; into another one, there is none
 * beside it.
 */
export class EpochStore {
  private readonly here: SqlTable;
  private readonly log: SqlTable;
  private readonly deliveries: SqlTable;
  private readonly executions: SqlTable;
  private readonly jobs: SqlTable;
  private readonly resumptions: SqlTable;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
  ) {
    const table = (name: string) => new SqlTable(db, db.getCollection(name));
    this.here = table('webhookEpochs');
    this.log = table('webhookLogEpochs');
    this.deliveries = table(DELIVERIES_COLLECTION);
    this.executions = table('executions');
    this.jobs = table('jobs');
    this.resumptions = table('webhookResumptions');
  }

  /**
   * Where the log was restored since this was called last, does `end`, in one transaction with all that keeps executions of
   * open deliveries from going on; else makes sure that there is a token. What `end` gave; null: it was not restored.
   */
  async settle<T>(end: (tx: Tx) => Promise<T>): Promise<T | null> {
    const { here, log } = await this.read(null);
    if (here !== null && here === log) {
      return null;
    }
    return this.lock.transaction(async (tx) => {
      const before = await this.read(tx);
      const isRestored = before.log !== null && before.log !== before.here;
      if (isRestored) {
        await this.endExecutions(tx);
      }
      const result = isRestored ? await end(tx) : null;
      await this.set(before, v4(), tx);
      return result;
    });
  }

  /** Changes the token; not where the two are not alike. */
  async renew(): Promise<void> {
    const { here, log } = await this.read(null);
    if (here !== null && here === log) {
      const next = v4();
      await this.lock.transaction(async (tx) => {
        if ((await this.replace(this.here, here, next, tx)) && !(await this.replace(this.log, here, next, tx))) {
          throw new Error('the log of webhook deliveries is being replaced, such as by a backup that is restored');
        }
      });
    }
  }

  private async read(tx: Tx): Promise<Tokens> {
    const { here, log } = this;
    const [found] = await here.select<Tokens>(
      `SELECT (SELECT ${here.column('token')} FROM ${here.name} WHERE ${here.column('id')} = ${ID}) AS ${here.quote('here')},` +
        ` (SELECT ${log.column('token')} FROM ${log.name} WHERE ${log.column('id')} = ${ID}) AS ${log.quote('log')}`,
      [],
      tx,
    );
    return { here: found?.here ?? null, log: found?.log ?? null };
  }

  private async set(before: Tokens, token: string, tx: Tx): Promise<void> {
    for (const [table, old] of [
      [this.here, before.here],
      [this.log, before.log],
    ] as const) {
      if (old === null) {
        await table.insert([{ id: ID, token }], tx);
      } else {
        await this.replace(table, old, token, tx);
      }
    }
  }

  private async replace(t: SqlTable, old: string, token: string, tx: Tx): Promise<boolean> {
    const sql = `UPDATE ${t.name} SET ${t.column('token')} = $1 WHERE ${t.column('id')} = ${ID} AND ${t.column('token')} = $2`;
    return (await t.change(sql, [token, old], tx)) > 0;
  }

  /** Nothing of them is gone on with: not by the engine, nor from what they waited for. */
  private async endExecutions(tx: Tx): Promise<void> {
    const { executions: e, jobs: j, resumptions, deliveries: d } = this;
    const open =
      `SELECT ${d.column('executionId')} FROM ${d.name} WHERE ${d.column('status')} = 'started'` +
      ` AND ${d.column('executionId')} IS NOT NULL`;
    await j.change(
      `UPDATE ${j.name} SET ${j.column('status')} = $1 WHERE ${j.column('status')} = $2 AND ${j.column('executionId')} IN (${open})`,
      [JOB_STATUS.ABORTED, JOB_STATUS.PENDING],
      tx,
    );
    await e.change(
      `UPDATE ${e.name} SET ${e.column('status')} = $1 WHERE ${e.column('status')} = $2 AND ${e.column('id')} IN (${open})`,
      [EXECUTION_STATUS.ABORTED, EXECUTION_STATUS.STARTED],
      tx,
    );
    await resumptions.change(`DELETE FROM ${resumptions.name}`, [], tx);
  }
}

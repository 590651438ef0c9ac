import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import type { WokenRun } from '../model/run';
import { SqlTable, type Tx } from './SqlTable';
import type { WriteLock } from './WriteLock';

/** A run that wants to go on. */
type Resumption = Pick<WokenRun, 'id' | 'key' | 'executionId' | 'jobId'>;

/** The statements on runs that want to go on. */
export class ResumptionStore {
  private readonly table: SqlTable;
  private readonly deliveries: SqlTable;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
  ) {
    this.table = new SqlTable(db, db.getCollection('webhookResumptions'));
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  }

  /** Notes that a run wants to go on, in one transaction with `save`, which saves what it waited for. */
  async add({ id, key, executionId, jobId }: Resumption, save: (tx: Tx) => Promise<unknown>): Promise<void> {
    const row = { jobId, executionId, deliveryId: id, key, wokenAt: Date.now() };
    await this.lock.transaction(async (tx) => {
      await save(tx);
      await this.table.insert([row], tx, { conflict: 'skip' });
    });
  }

  /** A webhook's runs that want to go on, longest first. */
  of(key: string, limit: number): Promise<Resumption[]> {
    return this.read(`WHERE ${this.table.column('key')} = $1`, [key], limit);
  }

  /** Runs that want to go on, of whichever webhook. */
  all(limit: number): Promise<Resumption[]> {
    return this.read('', [], limit);
  }

  /** Takes a run over for `owner`, to go on with it at once; false: somebody else has, or it has ended. */
  take({ id, jobId }: Resumption, owner: string): Promise<boolean> {
    const { table: t, deliveries: d } = this;
    return this.lock.transaction(async (tx) => {
      if ((await t.change(`DELETE FROM ${t.name} WHERE ${t.column('jobId')} = $1`, [jobId], tx)) === 0) {
        return false;
      }
      const sql = `UPDATE ${d.name} SET ${d.column('owner')} = $1 WHERE ${d.column('id')} = $2 AND ${d.column('status')} = 'started'`;
      return (await d.change(sql, [owner, id], tx)) > 0;
    });
  }

  private async read(where: string, bind: readonly unknown[], limit: number): Promise<Resumption[]> {
    const { table: t } = this;
    const rows = await t.select<Omit<Resumption, 'id'> & { deliveryId: string }>(
      `SELECT ${t.pick(['jobId', 'executionId', 'deliveryId', 'key'])} FROM ${t.name} ${where}` +
        ` ORDER BY ${t.column('wokenAt')}, ${t.column('jobId')} LIMIT ${limit}`,
      bind,
      null,
    );
    return rows.map(({ jobId, executionId, deliveryId, key }) => ({
      id: deliveryId,
      key,
      executionId,
      jobId: String(jobId),
    }));
  }
}

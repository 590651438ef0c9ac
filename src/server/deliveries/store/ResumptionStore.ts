import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import type { WokenRun } from '../model/run';
import { Fence } from './Fence';
import { SqlTable, type Tx } from './SqlTable';
import type { WriteLock } from './WriteLock';

/** A run that wants to go on. */
type Resumption = Pick<WokenRun, 'id' | 'key' | 'executionId' | 'jobId'>;

/** With the key by which it waits for others, and whether it is tried again where it fails. */
type KeyedResumption = Resumption & Pick<WokenRun, 'orderKey' | 'isRetried'>;

/** The statements on runs that want to go on. */
export class ResumptionStore {
  private readonly table: SqlTable;
  private readonly deliveries: SqlTable;
  private readonly fence: Fence;

  /** As {@link table}, where NocoBase's models are saved. */
  private readonly modelTable: SqlTable;
  private readonly modelLock: WriteLock;

  /** @param models where NocoBase's models are saved, with what is to stand or fall with them */
  constructor(
    db: Database,
    private readonly lock: WriteLock,
    models: { db: Database; lock: WriteLock } = { db, lock },
  ) {
    this.modelTable = new SqlTable(models.db, models.db.getCollection('webhookResumptions'));
    this.modelLock = models.lock;
    this.table = new SqlTable(db, db.getCollection('webhookResumptions'));
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.fence = new Fence(db);
  }

  /** Notes that a run wants to go on, in one transaction with `save`, which saves what it waited for. */
  async add({ id, key, executionId, jobId }: Resumption, save: (tx: Tx) => Promise<unknown>): Promise<void> {
    const row = { jobId, executionId, deliveryId: id, key, wokenAt: Date.now() };
    await this.modelLock.transaction(async (tx) => {
      await save(tx);
      await this.modelTable.insert([row], tx, { conflict: 'skip' });
    });
  }

  /** A webhook's runs that want to go on, longest first. */
  of(key: string, limit: number): Promise<KeyedResumption[]> {
    return this.read(`WHERE ${this.table.column('key')} = $1`, [key], limit);
  }

  /** The jobs from which an execution wants to go on. */
  async jobsOf(executionId: number | string): Promise<Set<string>> {
    const { table: t } = this;
    const sql = `SELECT ${t.pick(['jobId'])} FROM ${t.name} WHERE ${t.column('executionId')} = $1`;
    const rows = await t.select<Pick<Resumption, 'jobId'>>(sql, [executionId], null);
    return new Set(rows.map(({ jobId }) => String(jobId)));
  }

  /** Runs that want to go on, of whichever webhook. */
  all(limit: number): Promise<KeyedResumption[]> {
    return this.read('', [], limit);
  }

  /**
   * Takes a run over for `owner`, to go on with it at once; false: somebody else has, or it has ended, or another instance
   * goes on with it in another branch, which takes it then.
   */
  take({ id, jobId, executionId }: Resumption, owner: string): Promise<boolean> {
    const { table: t, deliveries: d } = this;
    const owned = `d.${d.column('owner')}`;
    const bind: unknown[] = [jobId, id, owner];
    const take =
      `DELETE FROM ${t.name} WHERE ${t.column('jobId')} = $1 AND NOT EXISTS (SELECT 1 FROM ${d.name} d` +
      ` WHERE d.${d.column('id')} = $2 AND d.${d.column('status')} = 'started' AND ${owned} IS NOT NULL AND ${owned} <> $3)` +
      this.fence.isThere(owner, bind, `${t.name}.${t.column('deliveryId')}`) +
      this.fence.endsInTime();
    return this.lock.transaction(async (tx) => {
      if ((await t.change(take, bind, tx)) === 0) {
        return false;
      }
      const sql =
        `UPDATE ${d.name} SET ${d.column('owner')} = $1 WHERE ${d.column('id')} = $2 AND ${d.column('status')} = 'started'` +
        ` AND ${d.column('executionId')} = $3`;
      // MySQL doesn't count a row that is as it was.
      return (await d.change(sql, [owner, id, executionId], tx)) > 0 || this.isOwned(id, executionId, owner, tx);
    });
  }

  private async isOwned(id: string, executionId: number | string, owner: string, tx: Tx): Promise<boolean> {
    const { deliveries: d } = this;
    const sql =
      `SELECT ${d.pick(['id'])} FROM ${d.name} WHERE ${d.column('id')} = $1` +
      ` AND ${d.column('status')} = 'started' AND ${d.column('owner')} = $2 AND ${d.column('executionId')} = $3`;
    return (await d.select(sql, [id, owner, executionId], tx)).length > 0;
  }

  private async read(where: string, bind: readonly unknown[], limit: number): Promise<KeyedResumption[]> {
    const { table: t, deliveries: d } = this;
    const ofDelivery = (field: string) =>
      `(SELECT d.${d.column(field)} FROM ${d.name} d` +
      ` WHERE d.${d.column('id')} = ${t.name}.${t.column('deliveryId')}) AS ${t.quote(field)}`;
    const rows = await t.select<Omit<KeyedResumption, 'id'> & { deliveryId: string; retry: string | null }>(
      `SELECT ${t.pick(['jobId', 'executionId', 'deliveryId', 'key'])}, ${ofDelivery('orderKey')}, ${ofDelivery('retry')}` +
        ` FROM ${t.name} ${where}` +
        ` ORDER BY ${t.column('wokenAt')}, ${t.column('jobId')} LIMIT ${limit}`,
      bind,
      null,
    );
    return rows.map(({ jobId, executionId, deliveryId, key, orderKey, retry }) => ({
      id: deliveryId,
      key,
      executionId,
      jobId: String(jobId),
      orderKey,
      isRetried: retry !== null,
    }));
  }
}

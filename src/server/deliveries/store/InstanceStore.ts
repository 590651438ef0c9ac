import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { SqlTable, type Tx } from './SqlTable';

/** A NocoBase process as the others see it. */
export interface InstanceRow {
  id: string;
  pidNamespace: string | null;
  pid: number | null;
  /** 1: its lease has run out, by the database's clock. */
  expired: number;
}

/** What an instance says of itself. */
export type InstanceIdentity = Pick<InstanceRow, 'id' | 'pidNamespace'> & { pid: number };

/** The database's own clock in milliseconds since 1970: instances need not agree on the time. */
const NOW_BY_DIALECT: Record<string, string> = {
  postgres: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
  mysql: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  mariadb: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
};

/** The statements on instances: who is alive. */
export class InstanceStore {
  private readonly table: SqlTable;
  private readonly queues: SqlTable;
  private readonly deliveries: SqlTable;
  private readonly now: string;

  constructor(db: Database) {
    this.table = new SqlTable(db, db.getCollection('webhookInstances'));
    this.queues = new SqlTable(db, db.getCollection('webhookQueues'));
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.now = NOW_BY_DIALECT[this.table.dialect] ?? String(NOW_BY_DIALECT.postgres);
  }

  /** Makes a new instance known, alive for `ttl` milliseconds. */
  async register(instance: InstanceIdentity, ttl: number): Promise<void> {
    await this.table.insert([{ ...instance, aliveUntil: 0 }], null, { conflict: 'skip' });
    await this.renew(instance.id, ttl);
  }

  /** Says that an instance lives, for `ttl` milliseconds more; with less than none, that it doesn't. False: it was taken over. */
  async renew(id: string, ttl: number): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('aliveUntil')} = ${this.now} + ${ttl} WHERE ${t.column('id')} = $1`,
      [id],
      null,
    );
    // MySQL doesn't count a row that is as it was.
    return affected > 0 || this.isThere(id, null);
  }

  list(): Promise<InstanceRow[]> {
    const { table: t } = this;
    const expired = `CASE WHEN ${t.column('aliveUntil')} < ${this.now} THEN 1 ELSE 0 END AS expired`;
    return t.select<InstanceRow>(
      `SELECT ${t.pick(['id', 'pidNamespace', 'pid'])}, ${expired} FROM ${t.name}`,
      [],
      null,
    );
  }

  async forget(id: string): Promise<void> {
    const { table: t } = this;
    await t.change(`DELETE FROM ${t.name} WHERE ${t.column('id')} = $1`, [id], null);
  }

  /**
   * Takes an instance's identity away, for good: it can't renew its lease any more. False: it lives after all.
   * @param isGone its process is known to be gone, whatever its lease says
   */
  async retire(id: string, isGone: boolean, tx: Tx): Promise<boolean> {
    const { table: t } = this;
    const expired = isGone ? '' : ` AND ${t.column('aliveUntil')} < ${this.now}`;
    const affected = await t.change(`DELETE FROM ${t.name} WHERE ${t.column('id')} = $1${expired}`, [id], tx);
    return affected > 0 || !(await this.isThere(id, tx));
  }

  private async isThere(id: string, tx: Tx): Promise<boolean> {
    const { table: t } = this;
    const sql = `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1`;
    return (await t.select(sql, [id], tx)).length > 0;
  }

  /**
   * Those without a row that own something all the same: what an instance wrote that was being taken over, or what one
   * had that ended while it took over.
   */
  async ghosts(): Promise<string[]> {
    const { table: t, queues: q, deliveries: d } = this;
    const unknown = (owners: SqlTable) =>
      `${owners.column('owner')} IS NOT NULL AND ${owners.column('owner')} NOT IN (SELECT ${t.column('id')} FROM ${t.name})`;
    const rows = await t.select<{ owner: string }>(
      `SELECT ${q.pick(['owner'])} FROM ${q.name} WHERE ${unknown(q)} UNION` +
        ` SELECT ${d.pick(['owner'])} FROM ${d.name} WHERE ${d.column('status')} = 'started' AND ${unknown(d)}`,
      [],
      null,
    );
    return rows.map(({ owner }) => owner);
  }
}

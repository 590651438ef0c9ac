import type { Database } from '@nocobase/database';
import { SqlTable } from './SqlTable';

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
  private readonly now: string;

  constructor(db: Database) {
    this.table = new SqlTable(db, db.getCollection('webhookInstances'));
    this.now = NOW_BY_DIALECT[this.table.dialect] ?? String(NOW_BY_DIALECT.postgres);
  }

  /** Says that an instance lives, for `ttl` milliseconds more; with less than none, that it doesn't. */
  async heartbeat(instance: InstanceIdentity, ttl: number): Promise<void> {
    if (!(await this.renew(instance.id, ttl))) {
      await this.table.insert([{ ...instance, aliveUntil: 0 }], null, { conflict: 'skip' });
      await this.renew(instance.id, ttl);
    }
  }

  private async renew(id: string, ttl: number): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('aliveUntil')} = ${this.now} + ${ttl} WHERE ${t.column('id')} = $1`,
      [id],
      null,
    );
    return affected > 0;
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
}

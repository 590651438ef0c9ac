import type { Database } from '@nocobase/database';
import { DatabaseError } from 'sequelize';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { placeholders, SqlTable, type Tx } from './SqlTable';

/** What a database says of a subquery that gives more than one row where one value is wanted. */
const TOO_MANY_ROWS = ['21000', 'ER_SUBQUERY_NO_1_ROW', 'ER_SUBSELECT_NO_1_ROW'];

/** A transaction may do nothing for so many milliseconds: less than a lease, and than a caller waits. */
const MAX_IDLE_MS = 5_000;

/**
 * Conditions by which a statement writes nothing for an instance that was taken over. The token is the instance's id:
 * who takes over deletes its row and puts another id into all that it owned, in one transaction, so that no statement of
 * it finds anything any more. On SQLite there is one process, and no condition.
 */
export class Fence {
  private readonly instances: SqlTable;
  private readonly deliveries: SqlTable;

  constructor(db: Database) {
    this.instances = new SqlTable(db, db.getCollection('webhookInstances'));
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  }

  /**
   * ` AND …`: nobody has taken this instance over. MySQL locks what it reads in here until the end of the transaction, and
   * the instance can't renew its lease as long: so it is to be read last, after what is waited for.
   * @param after a column, of a delivery's id, of the row that is changed: it is read once that row is had
   */
  isThere(owner: string, bind: unknown[], after?: string): string {
    const { instances: t } = this;
    const id = `i.${t.column('id')}`;
    const then = after === undefined ? '' : ` AND ${id} <> ${after}`;
    return this.isNeeded ? ` AND EXISTS (SELECT 1 FROM ${t.name} i WHERE ${id} = $${bind.push(owner)}${then})` : '';
  }

  /** ` AND …`: the same, where a count is changed. */
  isThereAfter(owner: string, bind: unknown[], count: string): string {
    const { instances: t } = this;
    return this.isNeeded
      ? ` AND EXISTS (SELECT 1 FROM ${t.name} i WHERE i.${t.column('id')} = $${bind.push(owner)}` +
          ` AND i.${t.column('aliveUntil')} <> ${count})`
      : '';
  }

  /** Whether nobody has taken this instance over. */
  async isAlive(owner: string, tx: Tx): Promise<boolean> {
    const { instances: t } = this;
    const sql = `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1`;
    return !this.isNeeded || (await t.select(sql, [owner], tx)).length > 0;
  }

  /** ` AND …`: the delivery is this instance's. */
  owns(owner: string, deliveryId: string, bind: unknown[]): string {
    const { deliveries: t } = this;
    return this.isNeeded
      ? ` AND EXISTS (SELECT 1 FROM ${t.name} d WHERE d.${t.column('id')} = $${bind.push(deliveryId)}` +
          ` AND d.${t.column('owner')} = $${bind.push(owner)})`
      : '';
  }

  /** Whether the delivery is this instance's. */
  async check(owner: string, deliveryId: string, tx: Tx): Promise<boolean> {
    const { deliveries: t } = this;
    const sql = `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1 AND ${t.column('owner')} = $2`;
    return !this.isNeeded || (await t.select(sql, [deliveryId, owner], tx)).length > 0;
  }

  /** ` AND …`: the execution is of one of these deliveries, and that is this instance's. @param id its column */
  ownsExecution(id: string, owner: string, deliveryIds: readonly string[], bind: unknown[]): string {
    const { deliveries: t } = this;
    return this.isNeeded
      ? ` AND ${id} IN (SELECT d.${t.column('executionId')} FROM ${t.name} d` +
          ` WHERE d.${t.column('id')} IN (${placeholders(deliveryIds, bind)}) AND d.${t.column('owner')} = $${bind.push(owner)})`
      : '';
  }

  /** All of these deliveries are this instance's; null: there is nothing to ask. */
  ownsAll(owner: string, deliveryIds: readonly string[]): ((bind: unknown[]) => string) | null {
    const { deliveries: t } = this;
    const ids = [...new Set(deliveryIds)];
    return this.isNeeded
      ? (bind) =>
          `(SELECT COUNT(*) FROM ${t.name} d WHERE d.${t.column('id')} IN (${placeholders(ids, bind)})` +
          ` AND d.${t.column('owner')} = $${bind.push(owner)}) = ${ids.length}`
      : null;
  }

  /**
   * ` AND …`, always true: PostgreSQL ends this transaction where the instance stands still in the middle of it, before
   * others take over. Until then they would wait for its locks.
   */
  endsInTime(): string {
    return this.deliveries.dialect === 'postgres'
      ? ` AND (SELECT set_config('idle_in_transaction_session_timeout', '${MAX_IDLE_MS}', true)) IS NOT NULL`
      : '';
  }

  private get isNeeded(): boolean {
    return this.deliveries.dialect !== 'sqlite';
  }
}

/** Whether a statement was refused by the condition that `SqlTable.insert` was given. */
export function isFenced(error: unknown): boolean {
  const code = error instanceof DatabaseError ? (error.original as { code?: unknown }).code : undefined;
  return typeof code === 'string' && TOO_MANY_ROWS.includes(code);
}

import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { Fence } from './Fence';
import { placeholders, SqlTable, type Tx } from './SqlTable';

/** One webhook's queue: who starts its deliveries. */
export interface QueueLease {
  key: string;
  /** The instance; null: nobody. */
  owner: string | null;
  /** Something was stored that the owner may not know of. */
  notified: boolean;
  paused: boolean;
}

/** One INSERT takes at most so many. */
const MAX_ROWS = 500;

/** The statements on queues: which instance starts a webhook's deliveries, and what is paused. */
export class QueueLeaseStore {
  private readonly table: SqlTable;
  private readonly deliveries: SqlTable;
  private readonly resumptions: SqlTable;
  private readonly fence: Fence;

  constructor(db: Database) {
    this.fence = new Fence(db);
    this.table = new SqlTable(db, db.getCollection('webhookQueues'));
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.resumptions = new SqlTable(db, db.getCollection('webhookResumptions'));
  }

  /** Makes sure that there is a row for each of these webhooks. */
  async ensure(keys: readonly string[]): Promise<void> {
    for (let offset = 0; offset < keys.length; offset += MAX_ROWS) {
      const some = keys.slice(offset, offset + MAX_ROWS);
      const rows = some.map((key) => ({ key, owner: null, notified: 0, paused: false }));
      await this.table.insert(rows, null, { conflict: 'skip' });
    }
  }

  /** Takes queues that nobody has. How all of them stand then. */
  async acquire(keys: readonly string[], owner: string): Promise<QueueLease[]> {
    const { table: t } = this;
    const bind: unknown[] = [owner];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1, ${t.column('notified')} = 0` +
        ` WHERE ${t.column('key')} IN (${placeholders(keys, bind)}) AND ${t.column('owner')} IS NULL` +
        this.fence.isThere(owner, bind),
      bind,
      null,
    );
    const asked: unknown[] = [];
    return this.read(`${t.column('key')} IN (${placeholders(keys, asked)})`, asked);
  }

  /** Tells the owners of these queues, or whoever comes to own them, that something was stored. */
  async notify(keys: readonly string[]): Promise<void> {
    const { table: t } = this;
    const bind: unknown[] = [];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('notified')} = 1 WHERE ${t.column('key')} IN (${placeholders(keys, bind)})`,
      bind,
      null,
    );
  }

  /** Takes a notification away; to be called before looking for what was stored. */
  async acknowledge(keys: readonly string[], owner: string): Promise<void> {
    const { table: t } = this;
    const bind: unknown[] = [owner];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('notified')} = 0 WHERE ${t.column('owner')} = $1` +
        ` AND ${t.column('key')} IN (${placeholders(keys, bind)})`,
      bind,
      null,
    );
  }

  /** Gives a queue back, unless there is a notification. Whether it was given back. */
  async release(key: string, owner: string): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL WHERE ${t.column('key')} = $1` +
        ` AND ${t.column('owner')} = $2 AND ${t.column('notified')} = 0`,
      [key, owner],
      null,
    );
    return affected > 0;
  }

  /** Gives a queue back for whoever can serve it. */
  async handBack(key: string, owner: string): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL, ${t.column('notified')} = 1` +
        ` WHERE ${t.column('key')} = $1 AND ${t.column('owner')} = $2`,
      [key, owner],
      null,
    );
  }

  /** Frees all queues of an instance that is gone. */
  async releaseAllOf(owner: string): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL, ${t.column('notified')} = 1 WHERE ${t.column('owner')} = $1`,
      [owner],
      null,
    );
  }

  /** Gives all queues of an instance that is gone to another one; those. */
  async takeOver(from: string, to: string, tx: Tx): Promise<QueueLease[]> {
    const { table: t } = this;
    const found = await this.read(`${t.column('owner')} = $1`, [from], tx);
    if (found.length > 0) {
      const bind: unknown[] = [to, from];
      const keys = found.map(({ key }) => key);
      await t.change(
        `UPDATE ${t.name} SET ${t.column('owner')} = $1 WHERE ${t.column('owner')} = $2` +
          ` AND ${t.column('key')} IN (${placeholders(keys, bind)})`,
        bind,
        tx,
      );
    }
    return found;
  }

  /** The queues that an instance has to know of: its own, those with a notification and no owner, and paused ones. */
  poll(owner: string): Promise<QueueLease[]> {
    const { table: t } = this;
    return this.read(
      `${t.column('owner')} = $1 OR (${t.column('owner')} IS NULL AND ${t.column('notified')} = 1)` +
        ` OR ${t.column('paused')} = $2`,
      [owner, true],
    );
  }

  /** Those of an instance's queues, and of those that nobody has, in which something is to be tried again by now. */
  async withDueAttempts(owner: string, now: Date): Promise<string[]> {
    const { table: t, deliveries: d } = this;
    const rows = await t.select<{ key: string }>(
      `SELECT ${t.pick(['key'])} FROM ${t.name} WHERE (${t.column('owner')} = $1 OR ${t.column('owner')} IS NULL)` +
        ` AND ${t.column('paused')} = $2` +
        ` AND EXISTS (SELECT 1 FROM ${d.name} d WHERE d.${d.column('key')} = ${t.name}.${t.column('key')}` +
        ` AND d.${d.column('nextAttemptAt')} <= $3)`,
      [owner, false, d.bindable(now)],
      null,
    );
    return rows.map(({ key }) => key);
  }

  /** Notifies of every queue that nobody has and that something waits in: what a crash kept from being told. */
  async notifyForgotten(): Promise<void> {
    const { table: t, deliveries: d, resumptions: r } = this;
    const forgotten = await t.select<{ key: string }>(
      `SELECT ${t.pick(['key'])} FROM ${t.name} WHERE ${t.column('owner')} IS NULL AND ${t.column('notified')} = 0` +
        ` AND (EXISTS (SELECT 1 FROM ${d.name} d WHERE d.${d.column('key')} = ${t.name}.${t.column('key')}` +
        ` AND d.${d.column('status')} = 'received'` +
        ` AND (d.${d.column('nextAttemptAt')} IS NULL OR d.${d.column('nextAttemptAt')} <= $1))` +
        ` OR EXISTS (SELECT 1 FROM ${r.name} r WHERE r.${r.column('key')} = ${t.name}.${t.column('key')}))`,
      [d.bindable(new Date())],
      null,
    );
    if (forgotten.length > 0) {
      await this.notify(forgotten.map(({ key }) => key));
    }
  }

  /** Pauses or resumes a webhook, and notifies of it, so that every instance learns of it. */
  async setPaused(key: string, paused: boolean): Promise<void> {
    const { table: t } = this;
    await this.ensure([key]);
    await t.change(
      `UPDATE ${t.name} SET ${t.column('paused')} = $1, ${t.column('notified')} = 1 WHERE ${t.column('key')} = $2`,
      [paused, key],
      null,
    );
  }

  private async read(condition: string, bind: readonly unknown[], tx: Tx = null): Promise<QueueLease[]> {
    const { table: t } = this;
    const fields = t.pick(['key', 'owner', 'notified', 'paused']);
    const rows = await t.select<StoredLease>(`SELECT ${fields} FROM ${t.name} WHERE ${condition}`, bind, tx);
    return rows.map((row) => ({ ...row, notified: row.notified === 1, paused: Boolean(row.paused) }));
  }
}

interface StoredLease {
  key: string;
  owner: string | null;
  notified: number;
  paused: boolean | number;
}

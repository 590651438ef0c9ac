import type { Database } from '@nocobase/database';
import { placeholders, SqlTable } from './SqlTable';

/** A NocoBase process as the others see it. */
export interface InstanceRow {
  id: string;
  pidNamespace: string | null;
  pid: number | null;
  /** 1: its lease has run out, by the database's clock. */
  expired: number;
}

/** One webhook's queue. */
export interface QueueRow {
  key: string;
  owner: string | null;
  notified: boolean;
  paused: boolean;
}

/** The database's own clock in milliseconds since 1970: instances need not agree on the time. */
const NOW_BY_DIALECT: Record<string, string> = {
  postgres: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
  mysql: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  mariadb: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
};

/** All statements on instances and queues: who is alive, who starts which webhook's deliveries, what is paused. */
export class InstanceStore {
  private readonly instances: SqlTable;
  private readonly queues: SqlTable;
  private readonly deliveries: SqlTable;
  private readonly now: string;

  constructor(db: Database) {
    this.instances = new SqlTable(db, db.getCollection('webhookInstances'));
    this.queues = new SqlTable(db, db.getCollection('webhookQueues'));
    this.deliveries = new SqlTable(db, db.getCollection('webhookDeliveries'));
    this.now = NOW_BY_DIALECT[this.instances.dialect] ?? String(NOW_BY_DIALECT.postgres);
  }

  /** Says that an instance lives, for `ttl` milliseconds more. */
  async heartbeat(id: string, pidNamespace: string | null, pid: number, ttl: number): Promise<void> {
    const { instances: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('aliveUntil')} = ${this.now} + ${ttl} WHERE ${t.column('id')} = $1`,
      [id],
      null,
    );
    if (affected === 0) {
      await t.insert([{ id, pidNamespace, pid, aliveUntil: 0 }], null, 'skip');
      await t.change(
        `UPDATE ${t.name} SET ${t.column('aliveUntil')} = ${this.now} + ${ttl} WHERE ${t.column('id')} = $1`,
        [id],
        null,
      );
    }
  }

  list(): Promise<InstanceRow[]> {
    const { instances: t } = this;
    return t.select<InstanceRow>(
      `SELECT ${t.pick(['id', 'pidNamespace', 'pid'])}, CASE WHEN ${t.column('aliveUntil')} < ${this.now} THEN 1 ELSE 0 END AS expired` +
        ` FROM ${t.name}`,
      [],
      null,
    );
  }

  async forget(id: string): Promise<void> {
    const { instances: t } = this;
    await t.change(`DELETE FROM ${t.name} WHERE ${t.column('id')} = $1`, [id], null);
  }

  /** Makes sure that there is a row for each of these webhooks. */
  async ensureQueues(keys: readonly string[]): Promise<void> {
    for (let offset = 0; offset < keys.length; offset += 500) {
      const rows = keys.slice(offset, offset + 500).map((key) => ({ key, owner: null, notified: 0, paused: false }));
      await this.queues.insert(rows, null, 'skip');
    }
  }

  /** Takes queues that nobody has. Which ones this instance has then, and how those stand. */
  async acquire(keys: readonly string[], owner: string): Promise<QueueRow[]> {
    const { queues: t } = this;
    const bind: unknown[] = [owner];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1, ${t.column('notified')} = 0` +
        ` WHERE ${t.column('key')} IN (${placeholders(keys, bind)}) AND ${t.column('owner')} IS NULL`,
      bind,
      null,
    );
    return this.readQueues(`${t.column('key')} IN`, keys);
  }

  /** Tells the owners of these queues, or whoever comes to own them, that something was stored. */
  async notify(keys: readonly string[]): Promise<void> {
    const { queues: t } = this;
    const bind: unknown[] = [];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('notified')} = 1 WHERE ${t.column('key')} IN (${placeholders(keys, bind)})`,
      bind,
      null,
    );
  }

  /** Notes that a notification was heard; to be called before looking for what was stored. */
  async acknowledge(keys: readonly string[], owner: string): Promise<void> {
    const { queues: t } = this;
    const bind: unknown[] = [owner];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('notified')} = 0 WHERE ${t.column('owner')} = $1` +
        ` AND ${t.column('key')} IN (${placeholders(keys, bind)})`,
      bind,
      null,
    );
  }

  /** Gives a queue back, unless someone notified it meanwhile. Whether it was given back. */
  async releaseQueue(key: string, owner: string): Promise<boolean> {
    const { queues: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL WHERE ${t.column('key')} = $1` +
        ` AND ${t.column('owner')} = $2 AND ${t.column('notified')} = 0`,
      [key, owner],
      null,
    );
    return affected > 0;
  }

  /** Frees all queues of an instance that is gone. */
  async releaseQueuesOf(owner: string): Promise<void> {
    const { queues: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL, ${t.column('notified')} = 1 WHERE ${t.column('owner')} = $1`,
      [owner],
      null,
    );
  }

  /** The queues that an instance has to look after: its own, those nobody has, and those that are paused. */
  async poll(owner: string): Promise<QueueRow[]> {
    const { queues: t } = this;
    return this.toQueues(
      await t.select<StoredQueue>(
        `SELECT ${t.pick(QUEUE_FIELDS)} FROM ${t.name} WHERE ${t.column('owner')} = $1` +
          ` OR (${t.column('owner')} IS NULL AND ${t.column('notified')} = 1) OR ${t.column('paused')} = $2`,
        [owner, true],
        null,
      ),
    );
  }

  /** Notifies every queue that nobody has and that something waits in: what a crash kept from being told. */
  async notifyForgotten(): Promise<void> {
    const { queues: t, deliveries: d } = this;
    const forgotten = await t.select<{ key: string }>(
      `SELECT ${t.pick(['key'])} FROM ${t.name} WHERE ${t.column('owner')} IS NULL AND ${t.column('notified')} = 0` +
        ` AND EXISTS (SELECT 1 FROM ${d.name} d WHERE d.${d.column('key')} = ${t.name}.${t.column('key')}` +
        ` AND d.${d.column('status')} = 'received')`,
      [],
      null,
    );
    if (forgotten.length > 0) {
      await this.notify(forgotten.map(({ key }) => key));
    }
  }

  /** Pauses or resumes a webhook; a pause is also a notification, so that every instance hears of it. */
  async setPaused(key: string, paused: boolean): Promise<void> {
    const { queues: t } = this;
    await this.ensureQueues([key]);
    await t.change(
      `UPDATE ${t.name} SET ${t.column('paused')} = $1, ${t.column('notified')} = 1 WHERE ${t.column('key')} = $2`,
      [paused, key],
      null,
    );
  }

  private async readQueues(condition: string, values: readonly string[]): Promise<QueueRow[]> {
    const { queues: t } = this;
    const bind: unknown[] = [];
    const sql = `SELECT ${t.pick(QUEUE_FIELDS)} FROM ${t.name} WHERE ${condition} (${placeholders(values, bind)})`;
    return this.toQueues(await t.select<StoredQueue>(sql, bind, null));
  }

  private toQueues(rows: readonly StoredQueue[]): QueueRow[] {
    return rows.map(({ key, owner, notified, paused }) => ({
      key,
      owner,
      notified: notified === 1,
      paused: Boolean(paused),
    }));
  }
}

const QUEUE_FIELDS = ['key', 'owner', 'notified', 'paused'];

interface StoredQueue {
  key: string;
  owner: string | null;
  notified: number;
  paused: boolean | number;
}

import type { Database } from '@nocobase/database';
import { placeholders, SqlTable } from './SqlTable';

/** A NocoBase process as the others see it. */
export interface InstanceRow {
  id: string;
  place: string | null;
  pid: number | null;
  /** 1: its lease has run out, by the database's clock. */
  expired: number;
}

/** One webhook's lane. */
export interface QueueRow {
  key: string;
  owner: string | null;
  poked: boolean;
  paused: boolean;
}

/** The database's own clock in milliseconds since 1970: nodes need not agree on the time. */
const NOW_BY_DIALECT: Record<string, string> = {
  postgres: '(extract(epoch from clock_timestamp()) * 1000)::bigint',
  mysql: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  mariadb: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
  sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
};

/** All statements on nodes and lanes: who is alive, who starts which webhook's deliveries, what is paused. */
export class InstanceStore {
  private readonly nodes: SqlTable;
  private readonly lanes: SqlTable;
  private readonly deliveries: SqlTable;
  private readonly now: string;

  constructor(db: Database) {
    this.nodes = new SqlTable(db, db.getCollection('webhookNodes'));
    this.lanes = new SqlTable(db, db.getCollection('webhookLanes'));
    this.deliveries = new SqlTable(db, db.getCollection('webhookDeliveries'));
    this.now = NOW_BY_DIALECT[this.nodes.dialect] ?? String(NOW_BY_DIALECT.postgres);
  }

  /** Says that a node lives, for `ttl` milliseconds more. */
  async beat(id: string, place: string | null, pid: number, ttl: number): Promise<void> {
    const { nodes: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('aliveUntil')} = ${this.now} + ${ttl} WHERE ${t.column('id')} = $1`,
      [id],
      null,
    );
    if (affected === 0) {
      await t.insert([{ id, place, pid, aliveUntil: 0 }], null, 'skip');
      await t.change(
        `UPDATE ${t.name} SET ${t.column('aliveUntil')} = ${this.now} + ${ttl} WHERE ${t.column('id')} = $1`,
        [id],
        null,
      );
    }
  }

  list(): Promise<InstanceRow[]> {
    const { nodes: t } = this;
    return t.select<InstanceRow>(
      `SELECT ${t.pick(['id', 'place', 'pid'])}, CASE WHEN ${t.column('aliveUntil')} < ${this.now} THEN 1 ELSE 0 END AS expired` +
        ` FROM ${t.name}`,
      [],
      null,
    );
  }

  async forget(id: string): Promise<void> {
    const { nodes: t } = this;
    await t.change(`DELETE FROM ${t.name} WHERE ${t.column('id')} = $1`, [id], null);
  }

  /** Makes sure that there is a row for each of these webhooks. */
  async ensureLanes(keys: readonly string[]): Promise<void> {
    for (let offset = 0; offset < keys.length; offset += 500) {
      const rows = keys.slice(offset, offset + 500).map((key) => ({ key, owner: null, poked: 0, paused: false }));
      await this.lanes.insert(rows, null, 'skip');
    }
  }

  /** Takes lanes that nobody has. Which ones this node has then, and how those stand. */
  async acquire(keys: readonly string[], owner: string): Promise<QueueRow[]> {
    const { lanes: t } = this;
    const bind: unknown[] = [owner];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1, ${t.column('poked')} = 0` +
        ` WHERE ${t.column('key')} IN (${placeholders(keys, bind)}) AND ${t.column('owner')} IS NULL`,
      bind,
      null,
    );
    return this.readLanes(`${t.column('key')} IN`, keys);
  }

  /** Tells the owners of these lanes, or whoever comes to own them, that something was stored. */
  async poke(keys: readonly string[]): Promise<void> {
    const { lanes: t } = this;
    const bind: unknown[] = [];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('poked')} = 1 WHERE ${t.column('key')} IN (${placeholders(keys, bind)})`,
      bind,
      null,
    );
  }

  /** Notes that a poke was heard; to be called before looking for what was stored. */
  async heard(keys: readonly string[], owner: string): Promise<void> {
    const { lanes: t } = this;
    const bind: unknown[] = [owner];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('poked')} = 0 WHERE ${t.column('owner')} = $1` +
        ` AND ${t.column('key')} IN (${placeholders(keys, bind)})`,
      bind,
      null,
    );
  }

  /** Gives a lane back, unless someone poked it meanwhile. Whether it was given back. */
  async releaseLane(key: string, owner: string): Promise<boolean> {
    const { lanes: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL WHERE ${t.column('key')} = $1` +
        ` AND ${t.column('owner')} = $2 AND ${t.column('poked')} = 0`,
      [key, owner],
      null,
    );
    return affected > 0;
  }

  /** Frees all lanes of a node that is gone. */
  async freeLanesOf(owner: string): Promise<void> {
    const { lanes: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL, ${t.column('poked')} = 1 WHERE ${t.column('owner')} = $1`,
      [owner],
      null,
    );
  }

  /** The lanes that a node has to look after: its own, those nobody has, and those that are paused. */
  async attend(owner: string): Promise<QueueRow[]> {
    const { lanes: t } = this;
    return this.toLanes(
      await t.select<StoredQueue>(
        `SELECT ${t.pick(QUEUE_FIELDS)} FROM ${t.name} WHERE ${t.column('owner')} = $1` +
          ` OR (${t.column('owner')} IS NULL AND ${t.column('poked')} = 1) OR ${t.column('paused')} = $2`,
        [owner, true],
        null,
      ),
    );
  }

  /** Pokes every lane that nobody has and that something waits in: what a crash kept from being told. */
  async pokeForgotten(): Promise<void> {
    const { lanes: t, deliveries: d } = this;
    const forgotten = await t.select<{ key: string }>(
      `SELECT ${t.pick(['key'])} FROM ${t.name} WHERE ${t.column('owner')} IS NULL AND ${t.column('poked')} = 0` +
        ` AND EXISTS (SELECT 1 FROM ${d.name} d WHERE d.${d.column('key')} = ${t.name}.${t.column('key')}` +
        ` AND d.${d.column('status')} = 'received')`,
      [],
      null,
    );
    if (forgotten.length > 0) {
      await this.poke(forgotten.map(({ key }) => key));
    }
  }

  /** Pauses or resumes a webhook; a pause is also a poke, so that every node hears of it. */
  async setPaused(key: string, paused: boolean): Promise<void> {
    const { lanes: t } = this;
    await this.ensureLanes([key]);
    await t.change(
      `UPDATE ${t.name} SET ${t.column('paused')} = $1, ${t.column('poked')} = 1 WHERE ${t.column('key')} = $2`,
      [paused, key],
      null,
    );
  }

  private async readLanes(condition: string, values: readonly string[]): Promise<QueueRow[]> {
    const { lanes: t } = this;
    const bind: unknown[] = [];
    const sql = `SELECT ${t.pick(QUEUE_FIELDS)} FROM ${t.name} WHERE ${condition} (${placeholders(values, bind)})`;
    return this.toLanes(await t.select<StoredQueue>(sql, bind, null));
  }

  private toLanes(rows: readonly StoredQueue[]): QueueRow[] {
    return rows.map(({ key, owner, poked, paused }) => ({ key, owner, poked: poked === 1, paused: Boolean(paused) }));
  }
}

const QUEUE_FIELDS = ['key', 'owner', 'poked', 'paused'];

interface StoredQueue {
  key: string;
  owner: string | null;
  poked: number;
  paused: boolean | number;
}

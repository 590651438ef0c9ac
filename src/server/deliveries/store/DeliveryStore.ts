import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { groupBy, tally } from '../model/grouping';
import { arrivalOf } from '../model/ids';
import { placeholders, SqlTable, type Tx } from './SqlTable';
import type { DeliveryRow, ExecutionRow, FirstDelivery, Outcome, RecordedAnswer } from '../model/delivery';
import type { WriteLock } from './WriteLock';

/** A delivery that waits to be started. */
export interface Waiting {
  id: string;
  /** JSON text. */
  context: string;
}

/** All statements on deliveries, and on the executions that come of them. The same text on every dialect. */
export class DeliveryStore {
  private readonly table: SqlTable;
  private readonly executions: SqlTable;
  private readonly counters = new Map<string, SqlTable>();

  constructor(
    private readonly db: Database,
    private readonly writer: WriteLock,
  ) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.executions = new SqlTable(db, db.getCollection('executions'));
  }

  /** Runs statements that stand or fall together. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.writer.transaction(work);
  }

  insert(rows: readonly DeliveryRow[], tx: Tx = null): Promise<void> {
    return tx ? this.table.insert(rows, tx) : this.writer.exclusively(() => this.table.insert(rows, null));
  }

  /** Makes the executions, and counts them as the engine would. */
  async insertExecutions(executions: readonly ExecutionRow[], tx: Tx): Promise<void> {
    await this.executions.insert(executions, tx);
    // In the order in which deleting a workflow takes them: no two transactions lock each other out.
    await this.count('workflowVersionStats', 'id', tally(executions.map(({ workflowId }) => String(workflowId))), tx);
    await this.count('workflowStats', 'key', tally(executions.map(({ key }) => key)), tx);
  }

  private async count(name: string, by: string, counts: readonly [string, number][], tx: Tx): Promise<void> {
    // Only here: an engine that has no such table is one on which this is never called.
    const table = this.counters.get(name) ?? new SqlTable(this.db, this.db.getCollection(name));
    this.counters.set(name, table);
    const executed = table.column('executed');
    for (const [id, count] of counts) {
      const sql = `UPDATE ${table.name} SET ${executed} = ${executed} + ${count} WHERE ${table.column(by)} = $1`;
      await table.change(sql, [id], tx);
    }
  }

  /** A webhook's next received deliveries, in order of arrival. */
  async nextIds(key: string, limit: number): Promise<string[]> {
    const { table: t } = this;
    const rows = await t.select<{ id: string }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('key')} = $1 AND ${t.column('status')} = 'received'` +
        ` ORDER BY ${t.column('id')} LIMIT ${limit}`,
      [key],
      null,
    );
    return rows.map(({ id }) => id);
  }

  /** What is needed to start these deliveries; those without a context can't be. */
  async waiting(ids: readonly string[]): Promise<Waiting[]> {
    if (ids.length === 0) {
      return [];
    }
    const { table: t } = this;
    const bind: unknown[] = [];
    return t.select<Waiting>(
      `SELECT ${t.pick(['id', 'context'])} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
  }

  /**
   * Takes received deliveries over for `owner`, each with its execution. Those that someone else has taken
   * or cancelled are left out: the ids returned are the ones it got.
   */
  async markStarted(starts: readonly ExecutionRow[], owner: string, now: Date, tx: Tx): Promise<Set<string>> {
    const { table: t } = this;
    const [id, status] = [t.column('id'), t.column('status')];
    const bind: unknown[] = [owner, t.bindable(now)];
    // This program made the ids, and numbers are numbers: nothing in here needs binding.
    const choose = (value: (start: ExecutionRow) => number | string) =>
      `CASE ${id} ${starts.map((start) => `WHEN '${start.eventKey}' THEN ${Number(value(start))}`).join(' ')} END`;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${status} = 'started', ${t.column('owner')} = $1, ${t.column('startedAt')} = $2,` +
        ` ${t.column('context')} = NULL, ${t.column('attempts')} = ${t.column('attempts')} + 1,` +
        ` ${t.column('executionId')} = ${choose((start) => start.id)},` +
        ` ${t.column('workflowId')} = ${choose((start) => start.workflowId)}` +
        ` WHERE ${id} IN (${placeholders(eventKeys(starts), bind)}) AND ${status} = 'received'`,
      bind,
      tx,
    );
    return affected === starts.length ? new Set(eventKeys(starts)) : this.startedAs(starts, tx);
  }

  private async startedAs(starts: readonly ExecutionRow[], tx: Tx): Promise<Set<string>> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const rows = await t.select<{ id: string }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(eventKeys(starts), bind)})` +
        ` AND ${t.column('executionId')} IN (${placeholders(
          starts.map((start) => start.id),
          bind,
        )})`,
      bind,
      tx,
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Ends started deliveries. One that has ended already stays as it is. */
  complete(outcomes: readonly Outcome[], now: Date): Promise<void> {
    return this.writer.exclusively(() => this.completeGroups(outcomes, now));
  }

  private async completeGroups(outcomes: readonly Outcome[], now: Date): Promise<void> {
    const { table: t } = this;
    for (const same of groupBy(outcomes, ({ status, reason }) => `${status} ${reason ?? ''}`)) {
      const [{ status, reason }] = same;
      const bind: unknown[] = [status, reason, t.bindable(now)];
      const durations = same.map(({ id }) => `WHEN '${id}' THEN ${Math.max(0, now.getTime() - arrivalOf(id))}`);
      const ids = same.map(({ id }) => id);
      await t.change(
        `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('reason')} = $2, ${t.column('finishedAt')} = $3,` +
          ` ${t.column('owner')} = NULL, ${t.column('durationMs')} = CASE ${t.column('id')} ${durations.join(' ')} END` +
          ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'started'`,
        bind,
        null,
      );
    }
  }

  /** Ends a received delivery that is not to be started; its dedupe key is free again. Whether it was still received. */
  async giveUp({ id, status, reason }: Outcome, now: Date): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('reason')} = $2, ${t.column('finishedAt')} = $3,` +
        ` ${t.column('durationMs')} = ${Math.max(0, now.getTime() - arrivalOf(id))},` +
        ` ${t.column('context')} = NULL, ${t.column('dedupeSlot')} = NULL` +
        ` WHERE ${t.column('id')} = $4 AND ${t.column('status')} = 'received'`,
      [status, reason, t.bindable(now), id],
      null,
    );
    return affected > 0;
  }

  /** Keeps what callers were answered, for repeats and for the log. */
  recordAnswers(answers: readonly RecordedAnswer[]): Promise<void> {
    return this.writer.exclusively(() => this.recordAnswerGroups(answers));
  }

  private async recordAnswerGroups(answers: readonly RecordedAnswer[]): Promise<void> {
    const { table: t } = this;
    for (const same of groupBy(answers, ({ status, headers }) => `${status} ${JSON.stringify(headers)}`)) {
      const [{ status, headers }] = same;
      const bind: unknown[] = [status, JSON.stringify(headers)];
      const bodies = same.map(({ id, body }) => `WHEN '${id}' THEN $${bind.push(body)}`);
      const ids = same.map(({ id }) => id);
      await t.change(
        `UPDATE ${t.name} SET ${t.column('responseStatus')} = $1, ${t.column('responseHeaders')} = $2,` +
          ` ${t.column('responseBody')} = CASE ${t.column('id')} ${bodies.join(' ')} END` +
          ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
        bind,
        null,
      );
    }
  }

  /** The deliveries that hold these dedupe slots, by slot. */
  async slotHolders(slots: readonly string[]): Promise<Map<string, FirstDelivery>> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const rows = await t.select<StoredFirst>(
      `SELECT ${t.pick(['dedupeSlot', ...FIRST_FIELDS])} FROM ${t.name}` +
        ` WHERE ${t.column('dedupeSlot')} IN (${placeholders(slots, bind)})`,
      bind,
      null,
    );
    return new Map(rows.map((row) => [row.dedupeSlot, firstDelivery(row)]));
  }

  /** One delivery as its repeats need it; null: gone. */
  async first(id: string): Promise<FirstDelivery | null> {
    const { table: t } = this;
    const sql = `SELECT ${t.pick(FIRST_FIELDS)} FROM ${t.name} WHERE ${t.column('id')} = $1`;
    const [row] = await t.select<StoredFirst>(sql, [id], null);
    return row ? firstDelivery(row) : null;
  }

  /** Frees the slots of deliveries whose window is over. */
  async freeSlots(ids: readonly string[]): Promise<void> {
    const { table: t } = this;
    const bind: unknown[] = [];
    await t.change(
      `UPDATE ${t.name} SET ${t.column('dedupeSlot')} = NULL WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
      bind,
      null,
    );
  }
}

const FIRST_FIELDS = ['id', 'status', 'executionId', 'responseStatus', 'responseHeaders', 'responseBody', 'bodyDigest'];

interface StoredFirst extends Omit<FirstDelivery, 'responseHeaders'> {
  dedupeSlot: string;
  /** PostgreSQL gives JSON as what it means, the others as text. */
  responseHeaders: Record<string, string> | string | null;
}

function firstDelivery({ responseHeaders, ...first }: StoredFirst): FirstDelivery {
  const headers: unknown = typeof responseHeaders === 'string' ? JSON.parse(responseHeaders) : responseHeaders;
  return { ...first, responseHeaders: headers as Record<string, string> | null };
}

function eventKeys(starts: readonly ExecutionRow[]): string[] {
  return starts.map((start) => start.eventKey);
}

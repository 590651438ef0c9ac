import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION, type InterruptionPolicy } from '../../../common/deliveries';
import type { KeptAnswer, Outcome, PlannedStart } from '../model/delivery';
import type { NewRun } from '../model/run';
import { arrivalOf } from '../model/ids';
import type { LinkedExecution } from './ExecutionStore';
import { groupBy } from './grouping';
import { placeholders, SqlTable, type Tx } from './SqlTable';
import type { WriteLock } from './WriteLock';

/**
 * Every statement that changes a delivery's status, or who owns it while it is started. Each takes only rows that are
 * in the status that it begins at, so that of two who try one wins.
 *
 * ```
 *         start, adopt, claim         complete
 * received ───────────────▶ started ─────────────▶ succeeded failed timedOut interrupted cancelled
 *    │  ◀───────────────────  │  ▲
 *    │    putBack, unstart    └──┘ link, own, takeOver, release; note in both
 *    └─ failUnstarted ─▶ failed, cancelUnstarted ─▶ cancelled          started ── withdraw ─▶ cancelled
 * ```
 */
export class TransitionStore {
  private readonly table: SqlTable;
  private readonly executions: SqlTable;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
  ) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.executions = new SqlTable(db, db.getCollection('executions'));
  }

  /**
   * Takes received deliveries over for `owner`, each with its execution. Those that someone else has taken
   * or cancelled are left out: the ids returned are the ones it got.
   */
  async start(starts: readonly PlannedStart[], owner: string, now: Date, tx: Tx): Promise<Set<string>> {
    const { table: t } = this;
    const [id, status] = [t.column('id'), t.column('status')];
    const bind: unknown[] = [owner, t.bindable(now)];
    // This program made the ids, and numbers are numbers: nothing in here needs binding.
    const choose = (value: (start: PlannedStart) => number | string) =>
      `CASE ${id} ${starts.map((start) => `WHEN '${start.execution.eventKey}' THEN ${value(start)}`).join(' ')} END`;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${status} = 'started', ${t.column('owner')} = $1, ${t.column('startedAt')} = $2,` +
        ` ${t.column('context')} = NULL, ${t.column('reason')} = NULL,` +
        ` ${t.column('attempts')} = ${t.column('attempts')} + 1,` +
        ` ${t.column('executionId')} = ${choose(({ execution }) => Number(execution.id))},` +
        ` ${t.column('workflowId')} = ${choose(({ execution }) => Number(execution.workflowId))},` +
        ` ${t.column('onInterruption')} = ${choose(({ onInterruption }) => (onInterruption === 'mark' ? "'mark'" : "'resume'"))}` +
        ` WHERE ${id} IN (${placeholders(eventKeys(starts), bind)}) AND ${status} = 'received'`,
      bind,
      tx,
    );
    return affected === starts.length ? new Set(eventKeys(starts)) : this.startedAs(starts, owner, tx);
  }

  /** Those of these that `owner` has started, each with the very execution that was planned for it: their ids. */
  async startedAs(starts: readonly PlannedStart[], owner: string, tx: Tx): Promise<Set<string>> {
    const { table: t } = this;
    const bind: unknown[] = [owner];
    const ids = starts.map(({ execution }) => execution.id);
    const rows = await t.select<{ id: string }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(eventKeys(starts), bind)})` +
        ` AND ${t.column('executionId')} IN (${placeholders(ids, bind)})` +
        ` AND ${t.column('status')} = 'started' AND ${t.column('owner')} = $1`,
      bind,
      tx,
    );
    return new Set(rows.map((row) => row.id));
  }

  /**
   * Makes started deliveries that have not begun to run received ones again: all of them, or it rejects.
   * Their executions have to go in the same transaction.
   */
  async unstart(runs: readonly NewRun[], owner: string, tx: Tx): Promise<void> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const contexts = runs.map(
      ({ id, execution }) => `WHEN '${id}' THEN $${bind.push(JSON.stringify(execution.context))}`,
    );
    const ids = runs.map(({ id }) => id);
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'received', ${t.column('startedAt')} = NULL,` +
        ` ${t.column('executionId')} = NULL, ${t.column('onInterruption')} = NULL,` +
        ` ${t.column('attempts')} = ${t.column('attempts')} - 1,` +
        ` ${t.column('context')} = CASE ${t.column('id')} ${contexts.join(' ')} END, ${t.column('owner')} = NULL` +
        ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'started'` +
        ` AND ${t.column('owner')} = $${bind.push(owner)}`,
      bind,
      tx,
    );
    if (affected !== runs.length) {
      throw new Error('a delivery that was to be put back has gone on');
    }
  }

  /** Whether a delivery is started, and an instance's. */
  async isOwned(id: string, owner: string): Promise<boolean> {
    const { table: t } = this;
    const sql =
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1` +
      ` AND ${t.column('status')} = 'started' AND ${t.column('owner')} = $2`;
    return (await t.select(sql, [id, owner], null)).length > 0;
  }

  /** Takes a received delivery over for `owner`, of which there is an execution already; false: someone else was quicker. */
  async adopt(
    id: string,
    execution: LinkedExecution,
    onInterruption: InterruptionPolicy,
    owner: string,
    now: Date,
  ): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = $1, ${t.column('startedAt')} = $2,` +
        ` ${t.column('context')} = NULL, ${t.column('reason')} = NULL,` +
        ` ${t.column('attempts')} = ${t.column('attempts')} + 1, ${t.column('executionId')} = $3,` +
        ` ${t.column('workflowId')} = $4, ${t.column('onInterruption')} = $5` +
        ` WHERE ${t.column('id')} = $6 AND ${t.column('status')} = 'received'`,
      [owner, t.bindable(now), execution.id, execution.workflowId, onInterruption, id],
      null,
    );
    return affected > 0;
  }

  /** Says of an open delivery what it waits for; null: of nothing out of the ordinary. */
  async note(id: string, reason: string | null): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('reason')} = $1 WHERE ${t.column('id')} = $2` +
        ` AND ${t.column('status')} IN ('received', 'started')`,
      [t.bindableIn('reason', reason), id],
      null,
    );
  }

  /** Takes a received delivery over for `owner`, before the engine is told of it; false: someone else was quicker. */
  async claim(id: string, onInterruption: InterruptionPolicy, owner: string, now: Date): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = $1,` +
        ` ${t.column('startedAt')} = $2, ${t.column('attempts')} = ${t.column('attempts')} + 1,` +
        ` ${t.column('onInterruption')} = $3 WHERE ${t.column('id')} = $4 AND ${t.column('status')} = 'received'`,
      [owner, t.bindable(now), onInterruption, id],
      null,
    );
    return affected > 0;
  }

  /** Makes a started delivery a received one again, unless there is an execution of it. Whether it did. */
  async putBack(id: string): Promise<boolean> {
    const { table: t, executions: e } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'received', ${t.column('owner')} = NULL,` +
        ` ${t.column('onInterruption')} = NULL WHERE ${t.column('id')} = $1 AND ${t.column('status')} = 'started' AND ${t.column('executionId')} IS NULL` +
        ` AND NOT EXISTS (SELECT 1 FROM ${e.name} e WHERE e.${e.column('eventKey')} = $2)`,
      [id, id],
      null,
    );
    return affected > 0;
  }

  /** Notes the execution that the engine made of a delivery. It holds the context now, and the engine looks after it. */
  async link(id: string, execution: LinkedExecution): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = NULL,` +
        ` ${t.column('context')} = NULL, ${t.column('executionId')} = $1, ${t.column('workflowId')} = $2` +
        ` WHERE ${t.column('id')} = $3 AND ${t.column('executionId')} IS NULL` +
        ` AND ${t.column('status')} IN ('received', 'started')`,
      [execution.id, execution.workflowId, id],
      null,
    );
  }

  /** Makes an instance the owner of a started delivery, whoever was it before. */
  async own(id: string, owner: string): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1 WHERE ${t.column('id')} = $2 AND ${t.column('status')} = 'started'`,
      [owner, id],
      null,
    );
  }

  /** Takes a dead instance's delivery over; false: another instance was quicker. */
  async takeOver(id: string, from: string, to: string): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1, ${t.column('attempts')} = ${t.column('attempts')} + 1` +
        ` WHERE ${t.column('id')} = $2 AND ${t.column('owner')} = $3 AND ${t.column('status')} = 'started'`,
      [to, id, from],
      null,
    );
    return affected > 0;
  }

  /** Makes a delivery nobody's, unless another instance took it. */
  async release(id: string, owner: string): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = NULL WHERE ${t.column('id')} = $1 AND ${t.column('owner')} = $2`,
      [id, owner],
      null,
    );
  }

  /** Ends started deliveries. One that has ended already stays as it is. */
  complete(outcomes: readonly Outcome[], now: Date): Promise<void> {
    return this.lock.exclusively(() => this.completeGroups(outcomes, now));
  }

  private async completeGroups(outcomes: readonly Outcome[], now: Date): Promise<void> {
    const { table: t } = this;
    for (const same of groupBy(outcomes, ({ status, reason }) => `${status} ${reason ?? ''}`)) {
      const [{ status, reason }] = same;
      const bind: unknown[] = [status, t.bindableIn('reason', reason), t.bindable(now)];
      const ids = same.map(({ id }) => id);
      await t.change(
        `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('reason')} = $2, ${t.column('finishedAt')} = $3,` +
          ` ${t.column('owner')} = NULL, ${t.column('durationMs')} = ${this.durations(ids, now)}` +
          ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'started'`,
        bind,
        null,
      );
    }
  }

  /**
   * Ends a started delivery that its caller was told is not stored, and of which nothing has run; its dedupe slot is free
   * again. Its execution has to go in the same transaction. Whether it was `owner`'s still.
   * @param answer what the caller was told
   */
  async withdraw(
    id: string,
    owner: string,
    { reason, answer, now }: { reason: string; answer: KeptAnswer; now: Date },
    tx: Tx,
  ): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'cancelled', ${t.column('reason')} = $1,` +
        ` ${t.column('finishedAt')} = $2, ${t.column('durationMs')} = ${this.durations([id], now)},` +
        ` ${t.column('responseStatus')} = $3, ${t.column('responseHeaders')} = $4, ${t.column('responseBody')} = $5,` +
        ` ${t.column('owner')} = NULL, ${t.column('context')} = NULL, ${t.column('executionId')} = NULL,` +
        ` ${t.column('dedupeSlot')} = NULL` +
        ` WHERE ${t.column('id')} = $6 AND ${t.column('status')} = 'started' AND ${t.column('owner')} = $7`,
      [
        t.bindableIn('reason', reason),
        t.bindable(now),
        answer.status,
        t.bindable(answer.headers),
        answer.body,
        id,
        owner,
      ],
      tx,
    );
    return affected > 0;
  }

  /** Ends a received delivery that can't be started; its dedupe key is free again. Whether it was still received. */
  async failUnstarted(id: string, reason: string, now: Date): Promise<boolean> {
    const free = `, ${this.table.column('dedupeSlot')} = NULL`;
    return (await this.endUnstarted([id], 'failed', reason, now, free)) > 0;
  }

  /** Ends received deliveries that are not to be started; how many. */
  cancelUnstarted(ids: readonly string[], reason: string, now: Date): Promise<number> {
    return this.endUnstarted(ids, 'cancelled', reason, now, '');
  }

  private async endUnstarted(
    ids: readonly string[],
    status: 'failed' | 'cancelled',
    reason: string,
    now: Date,
    more: string,
  ): Promise<number> {
    const { table: t } = this;
    const bind: unknown[] = [status, t.bindableIn('reason', reason), t.bindable(now)];
    return this.lock.exclusively(() =>
      t.change(
        `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('reason')} = $2, ${t.column('finishedAt')} = $3,` +
          ` ${t.column('durationMs')} = ${this.durations(ids, now)}, ${t.column('context')} = NULL${more}` +
          ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'received'`,
        bind,
        null,
      ),
    );
  }

  /** How long each of these took from its arrival on. */
  private durations(ids: readonly string[], now: Date): string {
    const each = ids.map((id) => `WHEN '${id}' THEN ${Math.max(0, now.getTime() - arrivalOf(id))}`);
    return `CASE ${this.table.column('id')} ${each.join(' ')} END`;
  }
}

function eventKeys(starts: readonly PlannedStart[]): string[] {
  return starts.map(({ execution }) => execution.eventKey);
}

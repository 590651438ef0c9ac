import type { Database } from '@nocobase/database';
import type { RetryConfig } from '../../../common/config';
import { DELIVERIES_COLLECTION, type InterruptionPolicy } from '../../../common/deliveries';
import { parseExecutionIds } from '../model/attempts';
import type { KeptAnswer, Outcome, PlannedStart } from '../model/delivery';
import type { NewRun } from '../model/run';
import { arrivalOf } from '../model/ids';
import type { LinkedExecution } from './ExecutionStore';
import { Fence } from './Fence';
import { groupBy } from './grouping';
import { placeholders, SqlTable, type Tx } from './SqlTable';
import type { WriteLock } from './WriteLock';

/**
 * Every statement that changes a delivery's status, or who owns it while it is started. Each takes only rows that are
 * in the status that it begins at, so that of two who try one wins; and those of an instance only what is that
 * instance's, so that one that was taken over writes nothing.
 *
 * ```
 *         start, adopt, claim         complete
 * received ───────────────▶ started ─────────────▶ succeeded failed timedOut interrupted cancelled
 *    │  ◀───────────────────  │  ▲
 *    │    putBack, unstart,   └──┘ link, own, takeOver, release; note in both
 *    │    tryAgain
 *    └─ failUnstarted ─▶ failed; cancelUnstarted, skipAttempt, withdrawUnstarted ─▶ cancelled
 *                                                                                 started ── withdraw ─▶ cancelled
 * ```
 *
 * Between two attempts (`tryAgain`) a delivery is received with `nextAttemptAt`, until then.
 */
export class TransitionStore {
  private readonly table: SqlTable;
  private readonly executions: SqlTable;
  private readonly fence: Fence;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
  ) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.executions = new SqlTable(db, db.getCollection('executions'));
    this.fence = new Fence(db);
  }

  /**
   * Takes received deliveries over for `owner`, each with its execution, which `ExecutionStore.insert` has to make in the
   * same transaction. Those that someone else has taken or cancelled are left out: the ids returned are the ones it got.
   */
  async start(starts: readonly PlannedStart[], owner: string, now: Date, tx: Tx): Promise<Set<string>> {
    const { table: t } = this;
    const [id, status] = [t.column('id'), t.column('status')];
    const bind: unknown[] = [owner, t.bindable(now)];
    const choose = (value: (start: PlannedStart) => number | string) => this.choose(starts, value);
    const affected = await t.change(
      `UPDATE ${t.name} SET ${status} = 'started', ${t.column('owner')} = $1, ${t.column('startedAt')} = $2,` +
        ` ${t.column('context')} = NULL, ${t.column('reason')} = NULL, ${t.column('nextAttemptAt')} = NULL,` +
        ` ${t.column('attempts')} = ${t.column('attempts')} + 1,` +
        ` ${t.column('executionIds')} = ${this.asJson(choose(executionIdsOf))},` +
        ` ${t.column('retry')} = ${choose(({ retry }) => retryText(retry))},` +
        ` ${t.column('executionId')} = ${choose(({ execution }) => Number(execution.id))},` +
        ` ${t.column('workflowId')} = ${choose(({ execution }) => Number(execution.workflowId))},` +
        ` ${t.column('onInterruption')} = ${choose(({ onInterruption }) => (onInterruption === 'mark' ? "'mark'" : "'resume'"))}` +
        ` WHERE ${id} IN (${placeholders(idsOf(starts), bind)}) AND ${status} = 'received'` +
        // Read before another instance tried it: then its execution would be one that there is.
        ` AND ${t.column('attempts')} = ${choose(({ delivery }) => delivery.attempts)}` +
        this.fence.endsInTime(),
      bind,
      tx,
    );
    return affected === starts.length ? new Set(idsOf(starts)) : this.startedAs(starts, owner, tx);
  }

  /** Those of these that `owner` has started, each with the very execution that was planned for it: their ids. */
  async startedAs(starts: readonly PlannedStart[], owner: string, tx: Tx): Promise<Set<string>> {
    const { table: t } = this;
    const bind: unknown[] = [owner];
    const ids = starts.map(({ execution }) => execution.id);
    const rows = await t.select<{ id: string }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(idsOf(starts), bind)})` +
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
    const before = (value: (earlier: NewRun['earlier']) => string) =>
      runs.every(({ earlier }) => earlier.length === 0)
        ? 'NULL'
        : `CASE ${t.column('id')} ${runs.map(({ id, earlier }) => `WHEN '${id}' THEN ${earlier.length === 0 ? 'NULL' : value(earlier)}`).join(' ')} END`;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'received', ${t.column('onInterruption')} = NULL,` +
        // Of one that was to be tried again, that was then.
        ` ${t.column('nextAttemptAt')} = CASE WHEN ${t.column('attempts')} > 1 THEN ${t.column('startedAt')} END,` +
        ` ${t.column('startedAt')} = NULL,` +
        ` ${t.column('executionId')} = ${before((earlier) => String(Number(earlier[earlier.length - 1])))},` +
        ` ${t.column('executionIds')} = ${this.asJson(before(jsonText))},` +
        ` ${t.column('attempts')} = ${t.column('attempts')} - 1,` +
        ` ${t.column('context')} = CASE ${t.column('id')} ${contexts.join(' ')} END, ${t.column('owner')} = NULL` +
        ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'started'` +
        ` AND ${t.column('owner')} = $${bind.push(owner)}` +
        this.fence.endsInTime(),
      bind,
      tx,
    );
    if (affected !== runs.length) {
      throw new Error('a delivery that was to be put back has gone on');
    }
  }

  /** Whether a delivery is started, and an instance's. */
  async isOwned(id: string, owner: string, executionId: number | string | null = null): Promise<boolean> {
    const { table: t } = this;
    const bind: unknown[] = [id, owner];
    const sql =
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1` +
      ` AND ${t.column('status')} = 'started' AND ${t.column('owner')} = $2${this.isAttempt(executionId, bind)}`;
    return (await t.select(sql, bind, null)).length > 0;
  }

  /** Whether a delivery is in the attempt that this execution is of. */
  async isCurrent(id: string, executionId: number | string): Promise<boolean> {
    const { table: t } = this;
    const bind: unknown[] = [id];
    const sql =
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1` +
      ` AND ${t.column('status')} <> 'received'${this.isAttempt(executionId, bind)}`;
    return (await t.select(sql, bind, null)).length > 0;
  }

  /** Whether a delivery is started, and another instance's than this one's. */
  async isAnothers(id: string, owner: string): Promise<boolean> {
    const { table: t } = this;
    const sql =
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('id')} = $1 AND ${t.column('status')} = 'started'` +
      ` AND NOT ${this.isNobodyElses('$2')}`;
    return (await t.select(sql, [id, owner], null)).length > 0;
  }

  /** Takes a received delivery over for `owner`, of which there is an execution already; false: someone else was quicker. */
  async adopt(
    { delivery: { id, attempts, executionIds }, onInterruption, retry }: PlannedStart,
    execution: LinkedExecution,
    owner: string,
    now: Date,
  ): Promise<boolean> {
    const { table: t } = this;
    const ids = JSON.stringify([...executionIds, Number(execution.id)]);
    const bind: unknown[] = [owner, t.bindable(now), execution.id, execution.workflowId, onInterruption, id, ids];
    bind.push(retry && JSON.stringify(retry), attempts);
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = $1, ${t.column('startedAt')} = $2,` +
        ` ${t.column('context')} = NULL, ${t.column('reason')} = NULL, ${t.column('nextAttemptAt')} = NULL,` +
        ` ${t.column('attempts')} = ${t.column('attempts')} + 1, ${t.column('executionId')} = $3,` +
        ` ${t.column('workflowId')} = $4, ${t.column('onInterruption')} = $5,` +
        ` ${t.column('executionIds')} = ${this.asJson('$7')}, ${t.column('retry')} = $8` +
        ` WHERE ${t.column('id')} = $6 AND ${t.column('status')} = 'received' AND ${t.column('attempts')} = $9` +
        this.fence.isThere(owner, bind, `${t.name}.${t.column('id')}`),
      bind,
      null,
    );
    return affected > 0;
  }

  /** Says of an open delivery that is no other instance's what it waits for; null: of nothing out of the ordinary. */
  async note(id: string, reason: string | null, owner: string): Promise<void> {
    const { table: t } = this;
    await t.change(
      `UPDATE ${t.name} SET ${t.column('reason')} = $1 WHERE ${t.column('id')} = $2` +
        ` AND ${t.column('status')} IN ('received', 'started') AND ${this.isNobodyElses('$3')}`,
      [t.bindableIn('reason', reason), id, owner],
      null,
    );
  }

  /** Takes a received delivery over for `owner`, before the engine is told of it; false: someone else was quicker. */
  async claim(
    { id, attempts }: PlannedStart['delivery'],
    { onInterruption, retry }: { onInterruption: InterruptionPolicy; retry: RetryConfig | null },
    owner: string,
    now: Date,
  ): Promise<boolean> {
    const { table: t } = this;
    const bind: unknown[] = [owner, t.bindable(now), onInterruption, id, retry && JSON.stringify(retry), attempts];
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = $1,` +
        ` ${t.column('startedAt')} = $2, ${t.column('attempts')} = ${t.column('attempts')} + 1,` +
        ` ${t.column('executionId')} = NULL, ${t.column('nextAttemptAt')} = NULL, ${t.column('retry')} = $5,` +
        ` ${t.column('onInterruption')} = $3 WHERE ${t.column('id')} = $4 AND ${t.column('status')} = 'received'` +
        ` AND ${t.column('attempts')} = $6` +
        this.fence.isThere(owner, bind, `${t.name}.${t.column('id')}`),
      bind,
      null,
    );
    return affected > 0;
  }

  /** Makes a started delivery a received one again, unless there is an execution of this attempt. Whether it did. */
  async putBack(id: string, eventKey: string): Promise<boolean> {
    const { table: t, executions: e } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'received', ${t.column('owner')} = NULL,` +
        ` ${t.column('attempts')} = ${t.column('attempts')} - 1,` +
        ` ${t.column('onInterruption')} = NULL WHERE ${t.column('id')} = $1 AND ${t.column('status')} = 'started' AND ${t.column('executionId')} IS NULL` +
        ` AND NOT EXISTS (SELECT 1 FROM ${e.name} e WHERE e.${e.column('eventKey')} = $2)`,
      [id, eventKey],
      null,
    );
    return affected > 0;
  }

  /**
   * Notes the execution that the engine made of a delivery's attempt. It holds the context now, and the engine looks after
   * it.
   */
  async link(id: string, execution: LinkedExecution): Promise<void> {
    const { table: t } = this;
    const select = `SELECT ${t.pick(['executionIds'])} FROM ${t.name} WHERE ${t.column('id')} = $1`;
    const [row] = await t.select<{ executionIds: unknown }>(select, [id], null);
    const earlier = parseExecutionIds(row?.executionIds);
    if (earlier.some((executionId) => String(executionId) === String(execution.id))) {
      return;
    }
    const ids = JSON.stringify([...earlier, Number(execution.id)]);
    await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = NULL,` +
        ` ${t.column('context')} = NULL, ${t.column('executionId')} = $1, ${t.column('workflowId')} = $2,` +
        ` ${t.column('nextAttemptAt')} = NULL, ${t.column('executionIds')} = ${this.asJson('$4')}` +
        ` WHERE ${t.column('id')} = $3 AND ${t.column('executionId')} IS NULL` +
        ` AND ${t.column('status')} IN ('received', 'started')`,
      [execution.id, execution.workflowId, id, ids],
      null,
    );
  }

  /**
   * Makes an instance the owner of a started delivery that is no other one's. Whether it is.
   * @param executionId of the attempt that it has to be in; null: whichever that is
   */
  async own(id: string, owner: string, executionId: number | string | null): Promise<boolean> {
    const { table: t } = this;
    const bind: unknown[] = [owner, id];
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1 WHERE ${t.column('id')} = $2` +
        ` AND ${t.column('status')} = 'started' AND ${this.isNobodyElses('$1')}` +
        this.isAttempt(executionId, bind) +
        this.fence.isThere(owner, bind, `${t.name}.${t.column('id')}`),
      bind,
      null,
    );
    // MySQL doesn't count a row that is as it was.
    return affected > 0 || this.isOwned(id, owner, executionId);
  }

  /** Gives all started deliveries of an instance that is gone to another one; how many. */
  takeOver(from: string, to: string, tx: Tx): Promise<number> {
    const { table: t } = this;
    return t.change(
      `UPDATE ${t.name} SET ${t.column('owner')} = $1, ${t.column('takeovers')} = ${t.column('takeovers')} + 1` +
        ` WHERE ${t.column('owner')} = $2 AND ${t.column('status')} = 'started'`,
      [to, from],
      tx,
    );
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

  /**
   * Ends started deliveries: those that are no other instance's, and those whose execution was seen to have ended, which
   * stay their owner's until its run is out of its hands. One that has ended already, or is in a later attempt, stays as it
   * is.
   */
  complete(outcomes: readonly Outcome[], owner: string, now: Date): Promise<void> {
    return this.lock.exclusively(() => this.completeGroups(outcomes, owner, now));
  }

  private async completeGroups(outcomes: readonly Outcome[], owner: string, now: Date): Promise<void> {
    const { table: t } = this;
    const groupOf = ({ isSeen, status, reason, executionId }: Outcome) =>
      `${isSeen === true} ${status} ${executionId === null} ${reason ?? ''}`;
    for (const same of groupBy(outcomes, groupOf)) {
      const [{ status, reason, isSeen = false }] = same;
      const bind: unknown[] = [status, t.bindableIn('reason', reason), t.bindable(now)];
      const ids = same.map(({ id }) => id);
      const free = isSeen ? '' : ` ${t.column('owner')} = NULL,`;
      const where = `${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'started'${this.areAttempts(same, bind)}`;
      const mine = isSeen ? '' : ` AND ${this.isNobodyElses(`$${bind.push(owner)}`)}`;
      await t.change(
        `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('reason')} = $2, ${t.column('finishedAt')} = $3,` +
          `${free} ${t.column('durationMs')} = ${this.durations(ids, now)} WHERE ${where}${mine}`,
        bind,
        null,
      );
    }
  }

  /** Those of these outcomes' deliveries that a maker wants tried again, with what that takes. */
  async retriedAmong(outcomes: readonly Outcome[]): Promise<Retried[]> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const ids = placeholders(
      outcomes.map(({ id }) => id),
      bind,
    );
    const rows = await t.select<{ id: string; key: string; attempts: number; retry: string }>(
      `SELECT ${t.pick(['id', 'key', 'attempts', 'retry'])} FROM ${t.name} WHERE ${t.column('id')} IN (${ids})` +
        ` AND ${t.column('retry')} IS NOT NULL AND ${t.column('status')} = 'started'${this.areAttempts(outcomes, bind)}`,
      bind,
      null,
    );
    return rows.map(({ retry, ...row }) => ({ ...row, retry: JSON.parse(retry) as RetryConfig }));
  }

  /**
   * Makes started deliveries received again whose run failed and is to be tried again: with the context that the execution
   * has; one whose execution is gone stays as it is. Those whose execution was seen to have ended only where it is out of
   * all other instances' hands: no two attempts are under way at once. What a first caller was told late is nothing that
   * repeats are told any more.
   */
  async tryAgain(retries: readonly NextAttempt[], owner: string): Promise<void> {
    const { table: t, executions: e } = this;
    const ofThis = `FROM ${e.name} e WHERE e.${e.column('id')} = ${t.name}.${t.column('executionId')}`;
    const text = ['mysql', 'mariadb'].includes(t.dialect) ? 'CHAR' : 'TEXT';
    for (const same of groupBy(retries, ({ at, reason }) => `${at.getTime()} ${reason ?? ''}`)) {
      const [{ at, reason }] = same;
      const bind: unknown[] = [t.bindable(at), t.bindableIn('reason', reason), owner];
      const ids = placeholders(
        same.map(({ id }) => id),
        bind,
      );
      const where =
        `${t.column('id')} IN (${ids}) AND ${t.column('status')} = 'started'${this.areAttempts(same, bind)}` +
        ` AND ${this.isNobodyElses('$3')} AND EXISTS (SELECT 1 ${ofThis})` +
        this.fence.isThere(owner, bind, `${t.name}.${t.column('id')}`);
      const answer = t.column('repeatAnswer');
      await this.lock.exclusively(() =>
        t.change(
          `UPDATE ${t.name} SET ${t.column('status')} = 'received', ${t.column('owner')} = NULL,` +
            ` ${t.column('nextAttemptAt')} = $1, ${t.column('reason')} = $2, ${t.column('onInterruption')} = NULL,` +
            ` ${t.column('context')} = (SELECT CAST(e.${e.column('context')} AS ${text}) ${ofThis}),` +
            ` ${answer} = CASE WHEN ${t.column('replayOf')} IS NULL THEN NULL ELSE ${answer} END WHERE ${where}`,
          bind,
          null,
        ),
      );
    }
  }

  /** ` AND …`: in the attempt whose execution this is. */
  private isAttempt(executionId: number | string | null, bind: unknown[]): string {
    return executionId === null ? '' : ` AND ${this.table.column('executionId')} = $${bind.push(executionId)}`;
  }

  /** ` AND …`: in the attempts that these outcomes are of; those of no execution where there is none. */
  private areAttempts(outcomes: readonly Outcome[], bind: unknown[]): string {
    const column = this.table.column('executionId');
    const ids = outcomes.flatMap(({ executionId }) => executionId ?? []);
    return ids.length === 0 ? ` AND ${column} IS NULL` : ` AND ${column} IN (${placeholders(ids, bind)})`;
  }

  /** A value for each start's row: in a few words where they all have the same. */
  private choose(starts: readonly PlannedStart[], value: (start: PlannedStart) => number | string): string {
    // This program made the ids, and numbers are numbers: nothing in here needs binding.
    const values = starts.map(value);
    const [first] = values;
    return first !== undefined && values.every((one) => one === first)
      ? String(first)
      : `CASE ${this.table.column('id')} ${starts.map(({ delivery }, index) => `WHEN '${delivery.id}' THEN ${values[index]}`).join(' ')} END`;
  }

  /** JSON text as its column takes it. */
  private asJson(text: string): string {
    return this.table.dialect === 'postgres' && text !== 'NULL' ? `CAST(${text} AS json)` : text;
  }

  private isNobodyElses(owner: string): string {
    const column = this.table.column('owner');
    return `(${column} IS NULL OR ${column} = ${owner})`;
  }

  /**
   * Ends a started delivery that its caller was told is not stored, and of which nothing has run; its dedupe slot is free
   * again. Its execution has to go in the same transaction. Whether it was `owner`'s still.
   */
  async withdraw(id: string, owner: string, { reason, answer, now }: Withdrawal, tx: Tx): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'cancelled', ${t.column('reason')} = $1,` +
        ` ${t.column('finishedAt')} = $2, ${t.column('durationMs')} = ${this.durations([id], now)},` +
        ` ${t.column('responseStatus')} = $3, ${t.column('responseHeaders')} = $4, ${t.column('responseBody')} = $5,` +
        ` ${t.column('responseEncoding')} = NULL,` +
        ` ${t.column('owner')} = NULL, ${t.column('context')} = NULL, ${t.column('executionId')} = NULL,` +
        ` ${t.column('executionIds')} = NULL,` +
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
    const free = () => `, ${this.table.column('dedupeSlot')} = NULL`;
    return (await this.endUnstarted([id], 'failed', reason, now, { also: free })) > 0;
  }

  /** Ends received deliveries that are not to be started; how many. */
  cancelUnstarted(ids: readonly string[], reason: string, now: Date): Promise<number> {
    return this.endUnstarted(ids, 'cancelled', reason, now);
  }

  /** Ends a delivery that waits to be tried again; whether it did. */
  async skipAttempt(id: string, reason: string, now: Date): Promise<boolean> {
    const isRetry = ` AND ${this.table.column('attempts')} > 0`;
    return (await this.endUnstarted([id], 'cancelled', reason, now, { and: isRetry })) > 0;
  }

  /** As `withdraw`, of received deliveries that have no dedupe slot; how many. */
  withdrawUnstarted(ids: readonly string[], { reason, answer, now }: Withdrawal): Promise<number> {
    const { table: t } = this;
    const also = (bind: unknown[]) => {
      const put = (column: string, value: unknown) => `, ${t.column(column)} = $${bind.push(value)}`;
      return (
        put('responseStatus', answer.status) +
        put('responseHeaders', t.bindable(answer.headers)) +
        put('responseBody', answer.body) +
        `, ${t.column('responseEncoding')} = NULL`
      );
    };
    return this.endUnstarted(ids, 'cancelled', reason, now, { also });
  }

  private async endUnstarted(
    ids: readonly string[],
    status: 'failed' | 'cancelled',
    reason: string,
    now: Date,
    { also = () => '', and = '' }: { also?: (bind: unknown[]) => string; and?: string } = {},
  ): Promise<number> {
    const { table: t } = this;
    const bind: unknown[] = [status, t.bindableIn('reason', reason), t.bindable(now)];
    return this.lock.exclusively(() =>
      t.change(
        `UPDATE ${t.name} SET ${t.column('status')} = $1, ${t.column('reason')} = $2, ${t.column('finishedAt')} = $3,` +
          ` ${t.column('durationMs')} = ${this.durations(ids, now)}, ${t.column('context')} = NULL,` +
          ` ${t.column('nextAttemptAt')} = NULL${also(bind)}` +
          ` WHERE ${t.column('id')} IN (${placeholders(ids, bind)}) AND ${t.column('status')} = 'received'${and}`,
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

/** How a delivery ends whose caller was told that it isn't stored. */
export interface Withdrawal {
  reason: string;
  /** What the caller was told. */
  answer: KeptAnswer;
  now: Date;
}

/** A delivery whose run a maker wants tried again. */
export interface Retried {
  id: string;
  key: string;
  /** How often it was tried. */
  attempts: number;
  retry: RetryConfig;
}

/** When a delivery is tried again whose run ended so. */
export interface NextAttempt extends Outcome {
  at: Date;
}

function idsOf(starts: readonly PlannedStart[]): string[] {
  return starts.map(({ delivery }) => delivery.id);
}

function executionIdsOf({ delivery, execution }: PlannedStart): string {
  return jsonText([...delivery.executionIds, execution.id]);
}

/** Ids as SQL has them: text of a list. */
function jsonText(ids: readonly (number | string)[]): string {
  return `'${JSON.stringify(ids.map(Number))}'`;
}

/** As SQL has it; the values are of a validated configuration. */
function retryText(retry: RetryConfig | null): string {
  return retry === null ? 'NULL' : `'${JSON.stringify(retry)}'`;
}

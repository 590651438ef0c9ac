import type { Database } from '@nocobase/database';
import { EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import { LeaseLost } from '../concurrency/Lease';
import type { ExecutionRow } from '../model/delivery';
import { Fence } from './Fence';
import { tally } from './grouping';
import { placeholders, SqlTable, type Tx } from './SqlTable';

/** An execution as a delivery is linked to it. */
export interface LinkedExecution {
  id: number | string;
  workflowId: number | string;
}

type Counted = Pick<ExecutionRow, 'workflowId' | 'key'>;

/** The statements on executions as wholes; their results are written by `RunStore`. */
export class ExecutionStore {
  private readonly executions: SqlTable;
  private readonly counters = new Map<string, SqlTable>();
  private readonly fence: Fence;

  /** @param owner this instance; null: whoever makes executions may */
  constructor(
    private readonly db: Database,
    private readonly owner: string | null = null,
  ) {
    this.fence = new Fence(db);
    this.executions = new SqlTable(db, db.getCollection('executions'));
  }

  /**
   * Makes the executions, and counts them as the engine would. The last thing that a transaction does: rejects with
   * `LeaseLost` where this instance was taken over.
   */
  async insert(executions: readonly ExecutionRow[], tx: Tx): Promise<void> {
    await this.executions.insert(executions, tx);
    await this.countAll(executions, 1, tx, this.owner);
  }

  /** Takes executions away that have not begun, as if they had never been: all of them, or it rejects. */
  async remove(executions: readonly (Counted & Pick<ExecutionRow, 'id'>)[], tx: Tx): Promise<void> {
    const { executions: e } = this;
    const bind: unknown[] = [EXECUTION_STATUS.STARTED];
    const ids = placeholders(
      executions.map(({ id }) => id),
      bind,
    );
    const sql = `DELETE FROM ${e.name} WHERE ${e.column('status')} = $1 AND ${e.column('id')} IN (${ids})`;
    if ((await e.change(sql, bind, tx)) !== executions.length) {
      throw new Error('an execution that was to be taken away has gone on');
    }
    await this.countAll(executions, -1, tx);
  }

  /** Takes the execution of a delivery away that has not begun, if there is one. */
  async removeOf(deliveryId: string, tx: Tx): Promise<void> {
    const { executions: e } = this;
    const found = await e.select<Counted & Pick<ExecutionRow, 'id'>>(
      `SELECT ${e.pick(['id', 'workflowId', 'key'])} FROM ${e.name} WHERE ${e.column('eventKey')} = $1`,
      [deliveryId],
      tx,
    );
    if (found.length > 0) {
      await this.remove(found, tx);
    }
  }

  /**
   * Ends executions of earlier attempts that are open still: what was marked as interrupted, and not ended before a crash.
   * Nothing more is to come of them.
   */
  async closeOpen(ids: readonly (number | string)[], tx: Tx): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    const { executions: e } = this;
    const bind: unknown[] = [EXECUTION_STATUS.ABORTED, EXECUTION_STATUS.STARTED];
    await e.change(
      `UPDATE ${e.name} SET ${e.column('status')} = $1 WHERE ${e.column('status')} = $2` +
        ` AND ${e.column('id')} IN (${placeholders(ids, bind)})${this.fence.endsInTime()}`,
      bind,
      tx,
    );
  }

  /** The execution that has this event key; null: there is none. */
  async ofEvent(eventKey: string): Promise<LinkedExecution | null> {
    const { executions: e } = this;
    const [row] = await e.select<LinkedExecution>(
      `SELECT ${e.pick(['id', 'workflowId'])} FROM ${e.name} WHERE ${e.column('eventKey')} = $1`,
      [eventKey],
      null,
    );
    return row ?? null;
  }

  /** Those of these ids that executions have. */
  async taken(ids: readonly number[]): Promise<Set<number>> {
    const { executions: e } = this;
    const bind: unknown[] = [];
    const sql = `SELECT ${e.pick(['id'])} FROM ${e.name} WHERE ${e.column('id')} IN (${placeholders(ids, bind)})`;
    const rows = await e.select<{ id: number | string }>(sql, bind, null);
    return new Set(rows.map(({ id }) => Number(id)));
  }

  /** In the order in which deleting a workflow takes them: no two transactions lock each other out. */
  private async countAll(
    executions: readonly Counted[],
    by: 1 | -1,
    tx: Tx,
    owner: string | null = null,
  ): Promise<void> {
    const versions = tally(executions.map(({ workflowId }) => String(workflowId)));
    await this.count('workflowVersionStats', 'id', versions, by, tx);
    await this.count('workflowStats', 'key', tally(executions.map(({ key }) => key)), by, tx, owner);
  }

  private async count(
    name: string,
    idField: string,
    counts: readonly [string, number][],
    by: 1 | -1,
    tx: Tx,
    owner: string | null = null,
  ): Promise<void> {
    // Only here: an engine that has no such table is one on which this is never called.
    const table = this.counters.get(name) ?? new SqlTable(this.db, this.db.getCollection(name));
    this.counters.set(name, table);
    const executed = table.column('executed');
    for (const [id, count] of counts) {
      const bind: unknown[] = [id];
      const sql =
        `UPDATE ${table.name} SET ${executed} = ${executed} + ${by * count} WHERE ${table.column(idField)} = $1` +
        (owner === null ? '' : this.fence.isThereAfter(owner, bind, `${table.name}.${executed}`)) +
        this.fence.endsInTime();
      const affected = await table.change(sql, bind, tx);
      if (affected === 0 && owner !== null && !(await this.fence.isAlive(owner, tx))) {
        throw new LeaseLost();
      }
    }
  }
}

import type { Database } from '@nocobase/database';
import { EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import type { ExecutionRow } from '../model/delivery';
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

  constructor(private readonly db: Database) {
    this.executions = new SqlTable(db, db.getCollection('executions'));
  }

  /** Makes the executions, and counts them as the engine would. */
  async insert(executions: readonly ExecutionRow[], tx: Tx): Promise<void> {
    await this.executions.insert(executions, tx);
    await this.countAll(executions, 1, tx);
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

  /** The execution that was made of a delivery; null: there is none. */
  async ofDelivery(id: string): Promise<LinkedExecution | null> {
    const { executions: e } = this;
    const [row] = await e.select<LinkedExecution>(
      `SELECT ${e.pick(['id', 'workflowId'])} FROM ${e.name} WHERE ${e.column('eventKey')} = $1`,
      [id],
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
  private async countAll(executions: readonly Counted[], by: 1 | -1, tx: Tx): Promise<void> {
    const versions = tally(executions.map(({ workflowId }) => String(workflowId)));
    await this.count('workflowVersionStats', 'id', versions, by, tx);
    await this.count('workflowStats', 'key', tally(executions.map(({ key }) => key)), by, tx);
  }

  private async count(
    name: string,
    idField: string,
    counts: readonly [string, number][],
    by: 1 | -1,
    tx: Tx,
  ): Promise<void> {
    // Only here: an engine that has no such table is one on which this is never called.
    const table = this.counters.get(name) ?? new SqlTable(this.db, this.db.getCollection(name));
    this.counters.set(name, table);
    const executed = table.column('executed');
    for (const [id, count] of counts) {
      const sql = `UPDATE ${table.name} SET ${executed} = ${executed} + ${by * count} WHERE ${table.column(idField)} = $1`;
      await table.change(sql, [id], tx);
    }
  }
}

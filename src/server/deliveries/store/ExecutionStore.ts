import type { Database } from '@nocobase/database';
import type { ExecutionRow } from '../model/delivery';
import { tally } from './grouping';
import { placeholders, SqlTable, type Tx } from './SqlTable';

/** An execution as a delivery is linked to it. */
export interface LinkedExecution {
  id: number | string;
  workflowId: number | string;
}

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
    // In the order in which deleting a workflow takes them: no two transactions lock each other out.
    await this.count('workflowVersionStats', 'id', tally(executions.map(({ workflowId }) => String(workflowId))), tx);
    await this.count('workflowStats', 'key', tally(executions.map(({ key }) => key)), tx);
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
}

import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { SqlTable } from './SqlTable';

/** The statements on deliveries whose executions the engine makes: started ones without one keep their `context`. */
export class TriggerStore {
  private readonly table: SqlTable;
  private readonly executions: SqlTable;

  constructor(db: Database) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.executions = new SqlTable(db, db.getCollection('executions'));
  }

  /** Takes a received delivery over for `owner`, before the engine is told; false: someone else was quicker. */
  async claim(id: string, owner: string, now: Date): Promise<boolean> {
    const { table: t } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'started', ${t.column('owner')} = $1,` +
        ` ${t.column('startedAt')} = $2, ${t.column('attempts')} = ${t.column('attempts')} + 1` +
        ` WHERE ${t.column('id')} = $3 AND ${t.column('status')} = 'received'`,
      [owner, t.bindable(now), id],
      null,
    );
    return affected > 0;
  }

  /** Makes a started delivery a received one again, unless there is an execution of it. Whether it did. */
  async putBack(id: string): Promise<boolean> {
    const { table: t, executions: e } = this;
    const affected = await t.change(
      `UPDATE ${t.name} SET ${t.column('status')} = 'received', ${t.column('owner')} = NULL` +
        ` WHERE ${t.column('id')} = $1 AND ${t.column('status')} = 'started' AND ${t.column('executionId')} IS NULL` +
        ` AND NOT EXISTS (SELECT 1 FROM ${e.name} e WHERE e.${e.column('eventKey')} = $2)`,
      [id, id],
      null,
    );
    return affected > 0;
  }

  /** The execution that was made of a delivery, if there is one. */
  async executionOf(id: string): Promise<{ id: number | string; workflowId: number | string } | null> {
    const { executions: e } = this;
    const [row] = await e.select<{ id: number | string; workflowId: number | string }>(
      `SELECT ${e.pick(['id', 'workflowId'])} FROM ${e.name} WHERE ${e.column('eventKey')} = $1`,
      [id],
      null,
    );
    return row ?? null;
  }

  /** Notes the execution that was made of a delivery. It holds the context now, and the engine looks after it. */
  async link(id: string, execution: { id: number | string; workflowId: number | string }): Promise<void> {
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
}

import type { Database } from '@nocobase/database';
import { EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import type { InstanceStore } from './InstanceStore';
import { placeholders, SqlTable } from './SqlTable';

/** What parked executions have for a reason. */
const PARKED = 'webhook:parked';

/**
 * Without this plugin the workflow engine would go on with runs of its trigger, and fail: so they are parked while it is
 * disabled. `ABORTED` is a status that the engine's dispatcher doesn't enter, and that its pages can show.
 */
export class ParkingStore {
  private readonly executions: SqlTable;
  private readonly deliveries: SqlTable;

  constructor(
    db: Database,
    private readonly instances: Pick<InstanceStore, 'list'>,
  ) {
    this.executions = new SqlTable(db, db.getCollection('executions'));
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  }

  /**
   * Parks the executions of started deliveries, but of those that another instance runs. One that stands still may go on
   * with them, and what it runs doesn't wait for the engine.
   */
  async park(): Promise<void> {
    const { deliveries: d } = this;
    const living = (await this.instances.list()).map(({ id }) => id);
    const bind: unknown[] = [EXECUTION_STATUS.ABORTED, PARKED, EXECUTION_STATUS.STARTED];
    const isLeft =
      living.length > 0
        ? ` AND (${d.column('owner')} IS NULL OR ${d.column('owner')} NOT IN (${placeholders(living, bind)}))`
        : '';
    const e = this.executions;
    await e.change(
      `UPDATE ${e.name} SET ${e.column('status')} = $1, ${e.column('reason')} = $2` +
        ` WHERE ${e.column('status')} = $3 AND ${e.column('id')} IN (${this.started(isLeft)})`,
      bind,
      null,
    );
  }

  /** Puts parked executions back; before the engine looks for what waits. */
  async unpark(): Promise<void> {
    const e = this.executions;
    await e.change(
      `UPDATE ${e.name} SET ${e.column('status')} = $1, ${e.column('reason')} = NULL` +
        ` WHERE ${e.column('status')} = $2 AND ${e.column('reason')} = $3 AND ${e.column('id')} IN (${this.started('')})`,
      [EXECUTION_STATUS.STARTED, EXECUTION_STATUS.ABORTED, PARKED],
      null,
    );
  }

  private started(more: string): string {
    const { deliveries: d } = this;
    return (
      `SELECT ${d.column('executionId')} FROM ${d.name} WHERE ${d.column('status')} = 'started'` +
      ` AND ${d.column('executionId')} IS NOT NULL${more}`
    );
  }
}

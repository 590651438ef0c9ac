import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { SqlTable } from './SqlTable';

/** A started delivery whose run waits, owned by nobody. */
export interface WaitingDelivery {
  id: string;
  executionId: number | string | null;
}

/** Finds open deliveries whose workflow, or version of it, has been deleted. */
export class OrphanStore {
  private readonly table: SqlTable;
  private readonly workflows: SqlTable;

  constructor(db: Database) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.workflows = new SqlTable(db, db.getCollection('workflows'));
  }

  /** The keys that deliveries wait under to be started, and that no workflow has. */
  keys(): Promise<string[]> {
    return this.gone('key', 'key', 'received');
  }

  /** The ids of the versions that deliveries were started in, and that are gone. */
  versions(): Promise<string[]> {
    return this.gone('workflowId', 'id', 'started');
  }

  /** Started deliveries of a version behind this id that no instance owns, in the order of their ids. */
  waiting(version: string, after: string, limit: number): Promise<WaitingDelivery[]> {
    const { table: t } = this;
    return t.select<WaitingDelivery>(
      `SELECT ${t.pick(['id', 'executionId'])} FROM ${t.name} WHERE ${t.column('status')} = 'started'` +
        ` AND ${t.column('owner')} IS NULL AND ${t.column('workflowId')} = $1 AND ${t.column('id')} > $2` +
        ` ORDER BY ${t.column('id')} LIMIT ${limit}`,
      [version, after],
      null,
    );
  }

  private async gone(field: string, ofWorkflow: string, status: 'received' | 'started'): Promise<string[]> {
    const { table: t, workflows: w } = this;
    const known = w.column(ofWorkflow);
    const rows = await t.select<Record<string, string | number>>(
      `SELECT DISTINCT ${t.pick([field])} FROM ${t.name} WHERE ${t.column('status')} = $1` +
        ` AND ${t.column(field)} NOT IN (SELECT ${known} FROM ${w.name} WHERE ${known} IS NOT NULL)`,
      [status],
      null,
    );
    return rows.map((row) => String(row[field]));
  }
}

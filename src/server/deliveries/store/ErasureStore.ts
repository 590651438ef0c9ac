import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import type { DeliveryRow } from '../model/delivery';
import { parseExecutionIds } from '../model/attempts';
import { groupBy } from './grouping';
import { placeholders, SqlTable } from './SqlTable';
import type { WriteLock } from './WriteLock';

/** What has to be known of a delivery to erase it. */
export type Erasable = Pick<
  DeliveryRow,
  'id' | 'status' | 'executionId' | 'executionIds' | 'contentType' | 'context' | 'dedupeSlot' | 'reason'
>;

const ERASABLE_FIELDS = [
  'id',
  'status',
  'executionId',
  'executionIds',
  'contentType',
  'context',
  'dedupeSlot',
  'reason',
];

/** A delivery as it is left. */
export interface ErasedRow {
  id: string;
  /** Of what went wrong; null: nothing did, or no code says so. */
  reasonCode: string | null;
  /** The status that repeats are answered with; null: nothing tells its repeats. */
  repeatStatus: number | null;
}

/** The statements that take what is personal out of deliveries and their executions. */
export class ErasureStore {
  private readonly deliveries: SqlTable;
  private readonly executions: SqlTable;
  private readonly jobs: SqlTable;

  constructor(
    db: Database,
    private readonly lock: WriteLock,
  ) {
    this.deliveries = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.executions = new SqlTable(db, db.getCollection('executions'));
    this.jobs = new SqlTable(db, db.getCollection('jobs'));
  }

  /** Those of these ids that are there. */
  async read(ids: readonly string[]): Promise<Erasable[]> {
    const { deliveries: t } = this;
    const bind: unknown[] = [];
    const sql = `SELECT ${t.pick(ERASABLE_FIELDS)} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`;
    const rows = await t.select<Erasable>(sql, bind, null);
    return rows.map((row) => ({ ...row, executionIds: parseExecutionIds(row.executionIds) }));
  }

  /** Erases deliveries that have ended, and their executions if wished: all that is given, or nothing. */
  async erase(rows: readonly ErasedRow[], executionIds: readonly (number | string)[], now: Date): Promise<void> {
    await this.lock.transaction(async (tx) => {
      for (const same of groupBy(rows, ({ reasonCode, repeatStatus }) => `${reasonCode} ${repeatStatus}`)) {
        const [{ reasonCode, repeatStatus }] = same;
        const { deliveries: t } = this;
        const answer = repeatStatus === null ? null : JSON.stringify({ status: repeatStatus, headers: {}, body: '' });
        const values: [string, unknown][] = [
          ...['params', 'query', 'headers'].map((field): [string, unknown] => [field, {}]),
          ...['path', 'ip'].map((field): [string, unknown] => [field, '']),
          ...EMPTIED.map((field): [string, unknown] => [field, null]),
          ['reason', reasonCode],
          ['repeatAnswer', answer],
          ['erasedAt', now],
        ];
        const bind: unknown[] = [];
        const set = values.map(([field, value]) => `${t.column(field)} = $${bind.push(value)}`);
        const ids = placeholders(
          same.map(({ id }) => id),
          bind,
        );
        await t.change(`UPDATE ${t.name} SET ${set.join(', ')} WHERE ${t.column('id')} IN (${ids})`, bind, tx);
      }
      if (executionIds.length > 0) {
        const { executions: e, jobs: j } = this;
        const context: unknown[] = [{}];
        const output = e.has('output') ? `, ${e.column('output')} = NULL` : '';
        await e.change(
          `UPDATE ${e.name} SET ${e.column('context')} = $1${output}` +
            ` WHERE ${e.column('id')} IN (${placeholders(executionIds, context)})`,
          context,
          tx,
        );
        const bind: unknown[] = [];
        const emptied = ['result', 'meta', 'log'].filter((field) => j.has(field));
        await j.change(
          `UPDATE ${j.name} SET ${emptied.map((field) => `${j.column(field)} = NULL`).join(', ')}` +
            ` WHERE ${j.column('executionId')} IN (${placeholders(executionIds, bind)})`,
          bind,
          tx,
        );
      }
    });
  }
}

const EMPTIED = [
  'body',
  'bodyEncoding',
  'context',
  'dedupeKey',
  'orderKey',
  'responseHeaders',
  'responseBody',
  'responseEncoding',
];

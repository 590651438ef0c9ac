import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION, OPEN_STATUSES, type InterruptionPolicy } from '../../../common/deliveries';
import { FIRST_ID } from '../model/ids';
import { placeholders, SqlTable, type Tx } from './SqlTable';

/** A delivery whose instance died between its start and its end. */
export interface CutOff {
  id: string;
  key: string;
  /** Its place in the order of arrival. */
  position: number | string;
  /** What it has in common with those that it waits for; null: it waits for none. */
  orderKey: string | null;
  executionId: number | string | null;
  /** As the version says that it was started in. */
  onInterruption: InterruptionPolicy | null;
  /** How often it was started, */
  attempts: number;
  /** and how often taken over from another instance. */
  takeovers: number;
}

const CUT_OFF_FIELDS = ['id', 'key', 'position', 'orderKey', 'executionId', 'onInterruption', 'attempts', 'takeovers'];

/** Sorts into the order of arrival. */
export function byArrival(a: Pick<CutOff, 'position'>, b: Pick<CutOff, 'position'>): number {
  return Number(a.position) - Number(b.position);
}

/** What recovery looks for and retention deletes: rare, and on old rows. */
export class RecoveryStore {
  private readonly table: SqlTable;
  private readonly executions: SqlTable;

  constructor(db: Database) {
    this.table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
    this.executions = new SqlTable(db, db.getCollection('executions'));
  }

  /** Started deliveries behind this id that an instance owns, in the order of their ids. */
  startedBy(owner: string, limit: number, after = FIRST_ID, tx: Tx = null): Promise<CutOff[]> {
    const { table: t } = this;
    return t.select<CutOff>(
      `SELECT ${t.pick(CUT_OFF_FIELDS)} FROM ${t.name} WHERE ${t.column('status')} = 'started'` +
        ` AND ${t.column('owner')} = $1 AND ${t.column('id')} > $2 ORDER BY ${t.column('id')} LIMIT ${limit}`,
      [owner, after],
      tx,
    );
  }

  /** Started deliveries behind this id that no instance owns and whose run is over, in the order of their ids. */
  endedUnseen(after: string, limit: number): Promise<CutOff[]> {
    const { table: t, executions: e } = this;
    return t.select<CutOff>(
      `SELECT ${t.pick(CUT_OFF_FIELDS)} FROM ${t.name} WHERE ${t.column('status')} = 'started'` +
        ` AND ${t.column('owner')} IS NULL AND ${t.column('id')} > $1 AND EXISTS (SELECT 1 FROM ${e.name} e` +
        ` WHERE e.${e.column('id')} = ${t.name}.${t.column('executionId')} AND e.${e.column('status')} <> 0)` +
        ` ORDER BY ${t.column('id')} LIMIT ${limit}`,
      [after],
      null,
    );
  }

  /** Those of these deliveries that are started, and an instance's. */
  async startedOf(ids: readonly string[], owner: string): Promise<CutOff[]> {
    const { table: t } = this;
    const bind: unknown[] = [owner];
    return t.select<CutOff>(
      `SELECT ${t.pick(CUT_OFF_FIELDS)} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})` +
        ` AND ${t.column('status')} = 'started' AND ${t.column('owner')} = $1`,
      bind,
      null,
    );
  }

  /** What becomes of a started delivery's run where that is cut off, as the version says that it was started in. */
  async onInterruption(id: string): Promise<InterruptionPolicy> {
    const { table: t } = this;
    const [row] = await t.select<Pick<CutOff, 'onInterruption'>>(
      `SELECT ${t.pick(['onInterruption'])} FROM ${t.name} WHERE ${t.column('id')} = $1`,
      [id],
      null,
    );
    return row?.onInterruption ?? 'resume';
  }

  /** Deletes finished deliveries past their retention; how many, at most `limit`. */
  async purge(now: Date, limit: number): Promise<number> {
    const { table: t } = this;
    const open = OPEN_STATUSES.map((status) => `'${status}'`).join(',');
    const rows = await t.select<{ id: string }>(
      `SELECT ${t.pick(['id'])} FROM ${t.name} WHERE ${t.column('expiresAt')} < $1` +
        ` AND ${t.column('status')} NOT IN (${open}) ORDER BY ${t.column('expiresAt')} LIMIT ${limit}`,
      [t.bindable(now)],
      null,
    );
    if (rows.length === 0) {
      return 0;
    }
    const bind: unknown[] = [];
    const ids = placeholders(
      rows.map(({ id }) => id),
      bind,
    );
    return t.change(`DELETE FROM ${t.name} WHERE ${t.column('id')} IN (${ids})`, bind, null);
  }
}

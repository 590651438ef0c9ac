import type { Database } from '@nocobase/database';
import { BUCKETS, RUN_PREFIX } from '../../common/stats';
import { placeholders, SqlTable } from '../deliveries/store/SqlTable';
import type { StatsRow, Tally } from './row';

const COLLECTION = 'webhookStats';

/** Minutes that are counted together. */
export type Span = 1 | 60;

/** One statement takes at most so many rows. */
export const MAX_ROWS = 200;

const KEYS = ['key', 'span', 'at', 'event', 'outcome', 'instance'];
const BUCKET_FIELDS = Array.from({ length: BUCKETS }, (_none, index) => `h${index}`);
const NUMBERS = ['count', 'ms', ...BUCKET_FIELDS];

/** What is read: sums over instances and events. */
export interface StatsSum extends Tally {
  /** Empty: of all webhooks together. */
  key: string;
  /** Which step from the beginning it is of. */
  step: number;
  outcome: string;
}

export interface SumQuery {
  span: Span;
  /** Minutes since 1970; `to` is not part of it. */
  from: number;
  to: number;
  /** Steps are counted from here, in minutes since 1970, */
  origin: number;
  /** and are so long, in minutes. */
  step: number;
  /** Each of these webhooks, or of all; null: all webhooks together. */
  keys: readonly string[] | 'each' | null;
  event?: string;
}

/** The statements on what was counted. */
export class StatsStore {
  private readonly table: SqlTable;

  constructor(readonly db: Database) {
    this.table = new SqlTable(db, db.getCollection(COLLECTION));
  }

  /** Adds to an instance's rows of minutes, in the order given: all of these, {@link MAX_ROWS} at most, or none. */
  async add(rows: readonly StatsRow[], instance: string): Promise<void> {
    await this.write(rows, 1, instance, (column, given) => `${this.table.name}.${column} + ${given}`);
  }

  /** Writes the sums of hours, in place of what was there. */
  async setHours(rows: readonly StatsRow[]): Promise<void> {
    for (let offset = 0; offset < rows.length; offset += MAX_ROWS) {
      await this.write(rows.slice(offset, offset + MAX_ROWS), 60, '', (_column, given) => given);
    }
  }

  /** The minutes of an hour, by webhook, event and outcome. @param hour its first minute since 1970 */
  async hourOf(hour: number): Promise<StatsRow[]> {
    const { table: t } = this;
    const group = ['key', 'event', 'outcome'];
    const rows = await t.select<Record<string, string | number>>(
      `SELECT ${t.pick(group)}, ${this.sums()} FROM ${t.name} WHERE ${t.column('span')} = 1 AND ${this.within(hour, hour + 60)}` +
        ` GROUP BY ${group.map((field) => t.column(field)).join(', ')}`,
      [],
      null,
    );
    return rows.map((row) => ({
      ...tallyOf(row),
      key: String(row.key),
      at: hour,
      event: String(row.event),
      outcome: String(row.outcome),
    }));
  }

  /** Sums by step and outcome, and by webhook where some are named. */
  async sum({ span, from, to, origin, step, keys, event }: SumQuery): Promise<StatsSum[]> {
    const { table: t } = this;
    const bind: unknown[] = [];
    const divide = t.db.isMySQLCompatibleDialect() ? 'DIV' : '/';
    const at = `((${t.column('at')} - ${whole(origin)}) ${divide} ${whole(step)})`;
    const conditions = [`${t.column('span')} = ${span}`, this.within(from, to)];
    if (keys !== null && keys !== 'each') {
      conditions.push(`${t.column('key')} IN (${placeholders(keys, bind)})`);
    }
    if (event !== undefined) {
      conditions.push(`${t.column('event')} = $${bind.push(event)}`);
    }
    const group = [...(keys === null ? [] : [t.column('key')]), at, t.column('outcome')];
    const rows = await t.select<Record<string, string | number>>(
      `SELECT ${keys === null ? '' : `${t.pick(['key'])}, `}${at} AS ${t.quote('step')}, ${t.pick(['outcome'])}, ${this.sums()}` +
        ` FROM ${t.name} WHERE ${conditions.join(' AND ')} GROUP BY ${group.join(', ')}`,
      bind,
      null,
    );
    return rows.map((row) => ({
      ...tallyOf(row),
      key: String(row.key ?? ''),
      step: Number(row.step),
      outcome: String(row.outcome),
    }));
  }

  /** On how many days each webhook was called between these minutes, as far as hours are summed up. */
  daysCalled(from: number, to: number): Promise<Map<string, number>> {
    const divide = this.table.db.isMySQLCompatibleDialect() ? 'DIV' : '/';
    return this.ofCalls(`COUNT(DISTINCT ${this.table.column('at')} ${divide} 1440)`, 60, from, to);
  }

  /** In which minute each webhook was called last, from this one on. */
  lastCalls(from: number): Promise<Map<string, number>> {
    return this.ofCalls(`MAX(${this.table.column('at')})`, 1, from, from + 7 * 1440);
  }

  private async ofCalls(what: string, span: Span, from: number, to: number): Promise<Map<string, number>> {
    const { table: t } = this;
    const rows = await t.select<{ key: string; value: number | string }>(
      `SELECT ${t.pick(['key'])}, ${what} AS ${t.quote('value')} FROM ${t.name} WHERE ${t.column('span')} = ${span}` +
        ` AND ${this.within(from, to)} AND ${t.column('outcome')} NOT LIKE '${RUN_PREFIX}%' GROUP BY ${t.column('key')}`,
      [],
      null,
    );
    return new Map(rows.map(({ key, value }) => [key, Number(value)]));
  }

  /** When the last row of a span begins, or the first; null: there is none. */
  async edge(span: Span, which: 'MIN' | 'MAX'): Promise<number | null> {
    const { table: t } = this;
    const [row] = await t.select<{ at: number | string | null }>(
      `SELECT ${which}(${t.column('at')}) AS ${t.quote('at')} FROM ${t.name} WHERE ${t.column('span')} = ${span}`,
      [],
      null,
    );
    return row?.at === null || row?.at === undefined ? null : Number(row.at);
  }

  /** Deletes the rows of a span that begin before this minute. */
  async deleteBefore(span: Span, at: number): Promise<void> {
    const { table: t } = this;
    const sql = `DELETE FROM ${t.name} WHERE ${t.column('span')} = ${span} AND ${t.column('at')} < ${whole(at)}`;
    await t.change(sql, [], null);
  }

  /** @param change what a number becomes that is there: its column, and what was given */
  private async write(
    rows: readonly StatsRow[],
    span: Span,
    instance: string,
    change: (column: string, given: string) => string,
  ): Promise<void> {
    const { table: t } = this;
    const isMysql = t.db.isMySQLCompatibleDialect();
    const columns = [...KEYS, ...NUMBERS].map((field) => t.column(field)).join(', ');
    const changes = NUMBERS.map((field) => {
      const column = t.column(field);
      return `${column} = ${change(column, isMysql ? `VALUES(${column})` : `excluded.${column}`)}`;
    }).join(', ');
    const onConflict = isMysql
      ? ` ON DUPLICATE KEY UPDATE ${changes}`
      : ` ON CONFLICT (${KEYS.map((field) => t.column(field)).join(', ')}) DO UPDATE SET ${changes}`;
    const bind: unknown[] = [];
    const tuples = rows.map(({ key, at, event, outcome, count, ms, buckets }) => {
      const values = [key, span, at, event, outcome, instance, count, ms, ...buckets];
      return `(${placeholders(values, bind)})`;
    });
    await t.change(`INSERT INTO ${t.name} (${columns}) VALUES ${tuples.join(', ')}${onConflict}`, bind, null);
  }

  private sums(): string {
    const { table: t } = this;
    return NUMBERS.map((field) => `SUM(${t.column(field)}) AS ${t.quote(field)}`).join(', ');
  }

  private within(from: number, to: number): string {
    const at = this.table.column('at');
    return `${at} >= ${whole(from)} AND ${at} < ${whole(to)}`;
  }
}

function tallyOf(row: Record<string, string | number>): Tally {
  return { count: Number(row.count), ms: Number(row.ms), buckets: BUCKET_FIELDS.map((field) => Number(row[field])) };
}

/** A number in a statement is one. */
function whole(value: number): number {
  return Math.trunc(value);
}

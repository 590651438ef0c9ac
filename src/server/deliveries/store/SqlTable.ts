import type { Collection, Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import { DataTypes, QueryTypes } from 'sequelize';
import {
  exactJsonText,
  hasUnstorableEscape,
  storableJson,
  storableJsonText,
  storableText,
  type StorableText,
} from '../../storableText';
import { isSilence } from './databaseErrors';
import { maxLengthOf } from './maxLength';

/** Several statements that stand or fall together; null: each on its own. */
export type Tx = Transaction | null;

/** What a column can be given. Objects and lists are written as JSON. */
export type Value = string | number | boolean | Date | null | object;

/** What a statement is given: by its type, no text that a database could refuse. */
export type Bound = StorableText | number | boolean | null;

/**
 * The databases that read rows off one JSON text at half the cost of a parameter for each value or less, here and there;
 * and from how many characters a row on it is the other way round, because texts have to be read out of JSON.
 */
const LARGE_ROW: Partial<Record<string, number>> = { postgres: 4_096, sqlite: 16_384 };

export interface InsertOptions {
  /** What becomes of a row whose key is there already: the statement fails, or the row is left out. */
  conflict?: 'fail' | 'skip';
  /** Whether JSON goes in as it is, with NUL and halves of surrogate pairs in its texts. */
  exactJson?: boolean;
  /** Without it nothing is inserted, and the statement fails; see `isFenced`. The rows have an `id` then. */
  only?: ((bind: unknown[]) => string) | null;
  /** Each row gets the next number of this column, as `preparePositions` has the database count them; they go in as they come. */
  counted?: string;
}

interface DateText {
  stringify(date: Date, options: { timezone: string }): string;
}

/**
 * A collection's table for statements written by hand: names as the database has them (prefix, schema,
 * underscores), values as the dialect wants them, parameters bound.
 */
export class SqlTable {
  readonly name: string;
  private readonly columns = new Map<string, string>();
  /** The columns' bare names. */
  private readonly names = new Map<string, string>();
  private readonly dateType: DateText;
  private readonly jsonFields: ReadonlySet<string>;
  private readonly maxLengths: ReadonlyMap<string, number>;

  constructor(
    readonly db: Database,
    collection: Collection,
  ) {
    this.name = collection.quotedTableName();
    const { rawAttributes } = collection.model;
    const attributes = Object.entries(rawAttributes);
    this.jsonFields = new Set(
      attributes.filter(([, { type }]) => type instanceof DataTypes.JSON).map(([name]) => name),
    );
    const isMysql = db.isMySQLCompatibleDialect();
    this.maxLengths = new Map(attributes.map(([name, { type }]) => [name, maxLengthOf(type, isMysql)]));
    const dates = Object.values(rawAttributes).find(({ type }) => type instanceof DataTypes.DATE);
    // Sequelize's types know how their dialect writes a date; what it publishes of them leaves the method out.
    this.dateType = (dates?.type ?? new DataTypes.DATE(3)) as unknown as DateText;
    for (const [name, { field }] of attributes) {
      this.names.set(name, field ?? name);
      this.columns.set(name, db.sequelize.getQueryInterface().quoteIdentifier(field ?? name));
    }
  }

  get dialect(): string {
    return this.db.options.dialect ?? '';
  }

  /** All fields that have a column. */
  get fields(): string[] {
    return [...this.columns.keys()];
  }

  has(field: string): boolean {
    return this.columns.has(field);
  }

  /** Whether its column holds JSON: what `insert` is given for it as text has to be JSON. */
  isJson(field: string): boolean {
    return this.jsonFields.has(field);
  }

  /** The quoted column of a field; throws where the collection has none of that name. */
  column(field: string): string {
    const column = this.columns.get(field);
    if (column === undefined) {
      throw new Error(`${this.name} has no field ${field}`);
    }
    return column;
  }

  /** A name for a value that a SELECT works out. */
  quote(name: string): string {
    return this.db.sequelize.getQueryInterface().quoteIdentifier(name);
  }

  /** A column list for SELECT, each under its field's own name. */
  pick(fields: readonly string[]): string {
    const queryInterface = this.db.sequelize.getQueryInterface();
    return fields.map((field) => `${this.column(field)} AS ${queryInterface.quoteIdentifier(field)}`).join(', ');
  }

  /** A value as it goes over the wire: the only way for a text into a statement. */
  bindable(value: Value | undefined): Bound {
    if (value === undefined || value === null) {
      return null;
    }
    if (value instanceof Date) {
      return storableText(this.dateType.stringify(value, { timezone: this.db.options.timezone ?? '+00:00' }));
    }
    if (typeof value === 'object') {
      return storableJson(value);
    }
    return typeof value === 'string' ? storableText(value) : value;
  }

  /** A value as it goes into a field's column: as {@link bindable}, and no longer than the column takes. */
  bindableIn(field: string, value: Value | undefined, exactJson = false): Bound {
    if (typeof value !== 'string') {
      return this.bindable(value);
    }
    if (!this.jsonFields.has(field)) {
      return storableText(value, this.maxLengths.get(field));
    }
    return exactJson ? exactJsonText(value, !this.db.isMySQLCompatibleDialect()) : storableJsonText(value);
  }

  /** One INSERT for all rows. Rows must all have the same fields. */
  async insert(
    rows: readonly object[],
    tx: Tx,
    { conflict = 'fail', exactJson = false, only = null, counted }: InsertOptions = {},
  ): Promise<void> {
    const [first] = rows;
    if (!first) {
      return;
    }
    const fields = Object.keys(first);
    const large = LARGE_ROW[this.dialect];
    const isPlain = !exactJson || !this.hasUnstorableJson(fields, rows);
    if (large !== undefined && conflict === 'fail' && isPlain && meanLength(fields, rows) <= large) {
      return this.insertAsJson(fields, rows, tx, only, counted);
    }
    const number = this.nextNumber(counted);
    const binds: Bound[] = [];
    const tuples = rows.map((row, index) => {
      const values = row as Record<string, Value>;
      const places = fields.map((field) => {
        const place = `$${binds.push(this.bindableIn(field, values[field], exactJson))}`;
        return only && index === 0 && field === 'id' ? this.idOnlyIf(only, place, binds) : place;
      });
      if (number !== null) {
        places.push(`${number}${this.dialect === 'sqlite' ? ` + ${index + 1}` : ''}`);
      }
      return `(${places.join(',')})`;
    });
    const skip = conflict === 'skip';
    const isMysql = this.db.isMySQLCompatibleDialect();
    const verb = skip && isMysql ? 'INSERT IGNORE' : 'INSERT';
    const tail = skip && !isMysql ? ' ON CONFLICT DO NOTHING' : '';
    const columns = this.columnsWith(fields, number === null ? undefined : counted);
    await this.raw(`${verb} INTO ${this.name} (${columns}) VALUES ${tuples.join(',')}${tail}`, binds, tx);
  }

  /** Whether a column of JSON is to take what can't be read out of JSON that stands around it. */
  private hasUnstorableJson(fields: readonly string[], rows: readonly object[]): boolean {
    const json = fields.filter((field) => this.jsonFields.has(field));
    return (rows as readonly Record<string, Value>[]).some((row) =>
      json.some((field) => typeof row[field] === 'string' && hasUnstorableEscape(row[field])),
    );
  }

  private async insertAsJson(
    fields: readonly string[],
    rows: readonly object[],
    tx: Tx,
    only: InsertOptions['only'],
    counted: InsertOptions['counted'],
  ): Promise<void> {
    const columns = fields.map((field) => this.column(field)).join(',');
    const texts = rows.map((row) => this.rowAsJson(fields, row as Record<string, Value>));
    const select = this.selectFromJson(fields, columns, this.nextNumber(counted));
    const binds: Bound[] = [storableText(`[${texts.join(',')}]`)];
    const where = only ? ` WHERE ${this.elseFail(only, 'true', 'true', binds)}` : '';
    const into = this.columnsWith(fields, counted);
    await this.raw(`INSERT INTO ${this.name} (${into}) ${select}${where}`, binds, tx);
  }

  private columnsWith(fields: readonly string[], counted: string | undefined): string {
    return [...fields, ...(counted === undefined ? [] : [counted])].map((field) => this.column(field)).join(',');
  }

  /**
   * The next number of a column, on PostgreSQL; on SQLite, where one writes at a time, the last one. Null: the database gives
   * it by itself, or no column is counted.
   */
  private nextNumber(counted: string | undefined): string | null {
    if (counted === undefined || this.db.isMySQLCompatibleDialect()) {
      return null;
    }
    return this.dialect === 'sqlite'
      ? `(SELECT COALESCE(MAX(${this.column(counted)}), 0) FROM ${this.name})`
      : `nextval((SELECT ${sequenceOf(this.name, this.names.get(counted) ?? counted)}::regclass))`;
  }

  private idOnlyIf(only: (bind: unknown[]) => string, place: string, binds: Bound[]): string {
    const value = this.dialect === 'postgres' ? `CAST(${place} AS bigint)` : place;
    return this.elseFail(only, value, '0', binds);
  }

  /** A value where a condition holds; where it doesn't, the statement fails. @param like a value of the same type */
  private elseFail(only: (bind: unknown[]) => string, value: string, like: string, binds: Bound[]): string {
    const bind: unknown[] = [...binds];
    const condition = only(bind);
    binds.push(...this.bounds(bind.slice(binds.length)));
    return `CASE WHEN ${condition} THEN ${value} ELSE (SELECT ${like} UNION ALL SELECT ${like}) END`;
  }

  private async raw(sql: string, bind: Bound[], transaction: Tx): Promise<void> {
    await this.db.sequelize.query(sql, { bind, type: QueryTypes.RAW, transaction });
  }

  private selectFromJson(fields: readonly string[], columns: string, number: string | null): string {
    if (this.dialect === 'postgres') {
      const next = number === null ? '' : `,${number}`;
      return `SELECT ${columns}${next} FROM json_populate_recordset(NULL::${this.name}, $1)`;
    }
    const values = fields.map((field) => `value->>'${this.names.get(field)}'`);
    const next = number === null ? '' : `,${number} + 1 + json_each.key`;
    return `SELECT ${values.join(',')}${next} FROM json_each($1)`;
  }

  /** Half of a delivery's columns are empty, and what isn't named is NULL. */
  private rowAsJson(fields: readonly string[], row: Record<string, Value>): string {
    let text = '';
    for (const field of fields) {
      const value = row[field] ?? null;
      if (value !== null) {
        text += `${text === '' ? '' : ','}"${this.names.get(field)}":${this.valueAsJson(field, value)}`;
      }
    }
    return `{${text}}`;
  }

  private valueAsJson(field: string, value: Value): string {
    if (this.dialect !== 'postgres') {
      // SQLite keeps dates and JSON as texts.
      return JSON.stringify(this.bindableIn(field, value));
    }
    if (value instanceof Date) {
      return JSON.stringify(value);
    }
    // JSON within JSON stays what it is.
    return typeof value === 'object' || this.jsonFields.has(field)
      ? String(this.bindableIn(field, value))
      : JSON.stringify(this.bindableIn(field, value));
  }

  /** Runs an UPDATE or DELETE; the number of rows it touched. */
  async change(sql: string, bind: readonly unknown[], transaction: Tx): Promise<number> {
    const affected: unknown = await this.db.sequelize.query(sql, {
      bind: this.bounds(bind),
      // The one type with which Sequelize tells the number of rows on every dialect.
      type: QueryTypes.BULKUPDATE,
      transaction,
    });
    return typeof affected === 'number' ? affected : 0;
  }

  /** Reads; what one connection doesn't answer is asked over another. */
  async select<Row extends object>(sql: string, bind: readonly unknown[], transaction: Tx): Promise<Row[]> {
    const options = { bind: this.bounds(bind), type: QueryTypes.SELECT as const, transaction };
    const ask = () => this.db.sequelize.query<Row>(sql, { ...options });
    return ask().catch((error: unknown) => {
      if (transaction !== null || !isSilence(error)) {
        throw error;
      }
      return ask();
    });
  }

  private bounds(bind: readonly unknown[]): Bound[] {
    return bind.map((value) => this.bindable(value as Value));
  }
}

/** What PostgreSQL calls the sequence that a table's column is counted by. @param table quoted */
export function sequenceOf(table: string, column: string): string {
  return `pg_get_serial_sequence('${table.replaceAll("'", "''")}', '${column}')`;
}

/** The characters of the texts in a row, on average. */
function meanLength(fields: readonly string[], rows: readonly object[]): number {
  let characters = 0;
  for (const row of rows as readonly Record<string, Value>[]) {
    for (const field of fields) {
      const value = row[field];
      characters += typeof value === 'string' ? value.length : 0;
    }
  }
  return characters / rows.length;
}

/** `$1,$2,…` for a list, counted on from what `bind` holds already; the items are added to it. */
export function placeholders(items: readonly unknown[], bind: unknown[]): string {
  return items.map((item) => `$${bind.push(item)}`).join(',');
}

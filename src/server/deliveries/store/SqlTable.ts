import type { Collection, Database } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import { DataTypes, QueryTypes } from 'sequelize';

/** Several statements that stand or fall together; null: each on its own. */
export type Tx = Transaction | null;

/** What a column can be given. Objects and lists are written as JSON. */
export type Value = string | number | boolean | Date | null | object;

/**
 * The databases that read rows off one JSON text at half the cost of a parameter for each value or less, here and there;
 * and from how many characters a row on it is the other way round, because texts have to be read out of JSON.
 */
const LARGE_ROW: Partial<Record<string, number>> = { postgres: 4_096, sqlite: 16_384 };

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

  /** A column list for SELECT, each under its field's own name. */
  pick(fields: readonly string[]): string {
    const queryInterface = this.db.sequelize.getQueryInterface();
    return fields.map((field) => `${this.column(field)} AS ${queryInterface.quoteIdentifier(field)}`).join(', ');
  }

  /** A value as it goes over the wire. */
  bindable(value: Value | undefined): string | number | boolean | null {
    if (value === undefined || value === null) {
      return null;
    }
    if (value instanceof Date) {
      return this.dateType.stringify(value, { timezone: this.db.options.timezone ?? '+00:00' });
    }
    return typeof value === 'object' ? JSON.stringify(value) : value;
  }

  /** One INSERT for all rows. Rows must all have the same fields. */
  async insert(rows: readonly object[], tx: Tx, conflict: 'fail' | 'skip' = 'fail'): Promise<void> {
    const [first] = rows;
    if (!first) {
      return;
    }
    const fields = Object.keys(first);
    const large = LARGE_ROW[this.dialect];
    if (large !== undefined && conflict === 'fail' && meanLength(fields, rows) <= large) {
      return this.insertAsJson(fields, rows, tx);
    }
    const binds: unknown[] = [];
    const tuples = rows.map((row) => {
      const values = row as Record<string, Value>;
      return `(${fields.map((field) => `$${binds.push(this.bindable(values[field]))}`).join(',')})`;
    });
    const skip = conflict === 'skip';
    const isMysql = this.db.isMySQLCompatibleDialect();
    const verb = skip && isMysql ? 'INSERT IGNORE' : 'INSERT';
    const tail = skip && !isMysql ? ' ON CONFLICT DO NOTHING' : '';
    const columns = fields.map((field) => this.column(field)).join(',');
    await this.db.sequelize.query(`${verb} INTO ${this.name} (${columns}) VALUES ${tuples.join(',')}${tail}`, {
      bind: binds,
      type: QueryTypes.RAW,
      transaction: tx,
    });
  }

  private async insertAsJson(fields: readonly string[], rows: readonly object[], tx: Tx): Promise<void> {
    const columns = fields.map((field) => this.column(field)).join(',');
    const texts = rows.map((row) => this.rowAsJson(fields, row as Record<string, Value>));
    await this.db.sequelize.query(`INSERT INTO ${this.name} (${columns}) ${this.selectFromJson(fields, columns)}`, {
      bind: [`[${texts.join(',')}]`],
      type: QueryTypes.RAW,
      transaction: tx,
    });
  }

  private selectFromJson(fields: readonly string[], columns: string): string {
    if (this.dialect === 'postgres') {
      return `SELECT ${columns} FROM json_populate_recordset(NULL::${this.name}, $1)`;
    }
    const values = fields.map((field) => `value->>'${this.names.get(field)}'`);
    return `SELECT ${values.join(',')} FROM json_each($1)`;
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
      return JSON.stringify(this.bindable(value));
    }
    // What a JSON column is given as text is JSON already.
    return typeof value === 'string' && this.jsonFields.has(field) ? value : JSON.stringify(value);
  }

  /** Runs an UPDATE or DELETE; the number of rows it touched. */
  async change(sql: string, bind: readonly unknown[], tx: Tx): Promise<number> {
    const affected: unknown = await this.db.sequelize.query(sql, {
      bind: [...bind],
      // The one type with which Sequelize tells the number of rows on every dialect.
      type: QueryTypes.BULKUPDATE,
      transaction: tx,
    });
    return typeof affected === 'number' ? affected : 0;
  }

  async select<Row extends object>(sql: string, bind: readonly unknown[], tx: Tx): Promise<Row[]> {
    return this.db.sequelize.query<Row>(sql, { bind: [...bind], type: QueryTypes.SELECT, transaction: tx });
  }
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

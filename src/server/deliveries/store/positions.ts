import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../../common/deliveries';
import { sequenceOf, SqlTable, type Tx } from './SqlTable';
import { WriteLock } from './WriteLock';

/** The column that says in which order deliveries were stored. */
export const POSITION = 'position';

/**
 * Has the database count deliveries as they are stored, also after a restored backup. A number is drawn in the transaction
 * that stores its row: what is stored after another one was committed has the higher one, whatever instances' clocks say.
 * Not told to NocoBase, whose sync would take the default of such a column away, and whose backups fail without one.
 */
export async function preparePositions(db: Database): Promise<void> {
  const table = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  if (db.isMySQLCompatibleDialect()) {
    await countOnMysql(table);
  } else if (table.dialect === 'postgres') {
    await new WriteLock(db).transaction((tx) => countOnPostgres(table, tx));
  }
}

/** It numbers what has no number yet, and goes on behind the highest. */
async function countOnMysql(table: SqlTable): Promise<void> {
  const column = table.column(POSITION);
  const [found] = await table.select<{ Extra: string }>(
    `SHOW COLUMNS FROM ${table.name} WHERE Field = '${column.replaceAll('`', '')}'`,
    [],
    null,
  );
  if (!/auto_increment/i.test(found?.Extra ?? '')) {
    await table.change(`ALTER TABLE ${table.name} MODIFY ${column} BIGINT NOT NULL AUTO_INCREMENT`, [], null);
  }
}

async function countOnPostgres(table: SqlTable, tx: Tx): Promise<void> {
  const name = table.name.replaceAll("'", "''");
  const column = table.column(POSITION);
  const sequence = sequenceOf(table.name, column.replaceAll('"', ''));
  // Instances that start at once would make two.
  await table.select(`SELECT pg_advisory_xact_lock(hashtext('${name} positions'))`, [], tx);
  const [found] = await table.select<{ name: string | null }>(`SELECT ${sequence} AS name`, [], tx);
  if (!found?.name) {
    const [made] = await table.select<{ name: string }>(
      `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname || '_position') AS name FROM pg_class c` +
        ` JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = '${name}'::regclass`,
      [],
      tx,
    );
    await table.change(`CREATE SEQUENCE ${made?.name} OWNED BY ${table.name}.${column}`, [], tx);
  }
  // Only behind a restored backup: in use, none is stored that was not drawn.
  await table.select(
    `SELECT setval(last.name, last.highest) FROM (SELECT ${sequence}::regclass AS name, MAX(${column}) AS highest` +
      ` FROM ${table.name}) last WHERE last.highest > COALESCE(pg_sequence_last_value(last.name), 0)`,
    [],
    tx,
  );
}

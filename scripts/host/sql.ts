import { join } from 'node:path';
import mariadb from 'mariadb';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { CONNECT_TIMEOUT_MS, type HostDatabase } from './database';
import type { Host } from './index';

export type SqlRow = Record<string, unknown>;

/** Runs statements in a host's database, past NocoBase, which need not run for it. Names are quoted with `"`. */
export async function runSql(
  { dir, database }: Pick<Host, 'dir' | 'database'>,
  statements: readonly string[],
): Promise<SqlRow[][]> {
  if (database.dialect === 'sqlite') {
    return runOnSqlite(join(dir, 'storage', 'db', 'nocobase.sqlite'), statements);
  }
  const { server, name } = database;
  if (database.dialect !== 'postgres') {
    return runOnMariadb(database, statements);
  }
  const client = new pg.Client({ ...server, database: name });
  await client.connect();
  try {
    const results: SqlRow[][] = [];
    for (const statement of statements) {
      results.push((await client.query<SqlRow>(statement)).rows);
    }
    return results;
  } finally {
    await client.end();
  }
}

async function runOnMariadb({ server, name }: HostDatabase, statements: readonly string[]): Promise<SqlRow[][]> {
  const connection = await mariadb.createConnection({ ...server, database: name, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    await connection.query("SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')");
    const results: SqlRow[][] = [];
    for (const statement of statements) {
      results.push((await connection.query(statement)) as SqlRow[]);
    }
    return results;
  } finally {
    await connection.end();
  }
}

async function runOnSqlite(file: string, statements: readonly string[]): Promise<SqlRow[][]> {
  const db = new sqlite3.Database(file);
  db.configure('busyTimeout', 20_000);
  const all = (sql: string) =>
    new Promise<SqlRow[]>((resolve, reject) => {
      db.all<SqlRow>(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  try {
    const results: SqlRow[][] = [];
    for (const statement of statements) {
      results.push(await all(statement));
    }
    return results;
  } finally {
    db.close();
  }
}

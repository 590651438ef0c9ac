import { join } from 'node:path';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import type { Host } from '../host';

/** What the database says of one webhook's deliveries and executions. */
export interface Evidence {
  deliveries: Record<string, number>;
  /** How often each number was executed, and how many of those came to their end. */
  executions: Map<number, { count: number; finished: number }>;
}

/** Reads straight from the database: NocoBase need not run for it. */
export async function readEvidence(host: Host, workflowKey: string): Promise<Evidence> {
  const [deliveries, executions] = await query(host, [
    `SELECT status, count(*) AS n FROM "webhookDeliveries" WHERE "key" = '${workflowKey}' GROUP BY status`,
    `SELECT status, context FROM "executions" WHERE "key" = '${workflowKey}'`,
  ]);
  const byNumber: Evidence['executions'] = new Map();
  for (const { status, context } of executions ?? []) {
    const { data } = (typeof context === 'string' ? JSON.parse(context) : context) as { data: { number: number } };
    const seen = byNumber.get(data.number) ?? { count: 0, finished: 0 };
    byNumber.set(data.number, { count: seen.count + 1, finished: seen.finished + (status === 1 ? 1 : 0) });
  }
  return {
    deliveries: Object.fromEntries((deliveries ?? []).map(({ status, n }) => [String(status), Number(n)])),
    executions: byNumber,
  };
}

async function query(host: Host, statements: readonly string[]): Promise<Record<string, unknown>[][]> {
  const { dialect, server, name } = host.database;
  if (dialect === 'sqlite') {
    return querySqlite(join(host.dir, 'storage', 'db', 'nocobase.sqlite'), statements);
  }
  const client = new pg.Client({
    host: server?.host,
    port: server?.port,
    user: server?.user,
    password: server?.password,
    database: name,
  });
  await client.connect();
  try {
    const results: Record<string, unknown>[][] = [];
    for (const statement of statements) {
      results.push((await client.query<Record<string, unknown>>(statement)).rows);
    }
    return results;
  } finally {
    await client.end();
  }
}

async function querySqlite(file: string, statements: readonly string[]): Promise<Record<string, unknown>[][]> {
  const db = new sqlite3.Database(file, sqlite3.OPEN_READONLY);
  db.configure('busyTimeout', 20_000);
  const all = (sql: string) =>
    new Promise<Record<string, unknown>[]>((resolve, reject) => {
      db.all<Record<string, unknown>>(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  try {
    return await Promise.all(statements.map(all));
  } finally {
    db.close();
  }
}

import mariadb from 'mariadb';
import pg from 'pg';
import type { Host } from '../../scripts/host';

/** Locks the table of deliveries of a host whose database has a server; gives what lets it go. */
export async function lockDeliveries({ database: { dialect, server, name } }: Host): Promise<() => Promise<void>> {
  if (dialect === 'postgres') {
    const client = new pg.Client({ ...server, database: name });
    await client.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE "webhookDeliveries" IN ACCESS EXCLUSIVE MODE');
    return () => client.end();
  }
  const connection = await mariadb.createConnection({ ...server, database: name });
  await connection.query('LOCK TABLES webhookDeliveries WRITE');
  return () => connection.end();
}

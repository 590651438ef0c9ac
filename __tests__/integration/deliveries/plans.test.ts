import type Database from '@nocobase/database';
import { QueryTypes } from 'sequelize';
import { Table } from '../../../src/server/deliveries/Table';
import { openDatabase } from './database';

jest.setTimeout(120_000);

/** How many rows wait in the way of each query. */
const ROWS = 100_000;

const QUERIES: [string, string][] = [
  [
    'the next received ones of a webhook',
    `SELECT "id" FROM "webhookDeliveries" WHERE "key" = 'k7' AND "status" = 'received' ORDER BY "id" LIMIT 64`,
  ],
  [
    'a webhook’s log by status',
    `SELECT "id" FROM "webhookDeliveries" WHERE "key" = 'k7' AND "status" = 'failed' ORDER BY "id" DESC LIMIT 20`,
  ],
  ['a webhook’s log', `SELECT "id" FROM "webhookDeliveries" WHERE "key" = 'k7' ORDER BY "id" DESC LIMIT 20`],
  ['the log by status', `SELECT "id" FROM "webhookDeliveries" WHERE "status" = 'failed' ORDER BY "id" DESC LIMIT 20`],
  ['the first of a repeat', `SELECT "id" FROM "webhookDeliveries" WHERE "dedupeSlot" IN ('slot-5', 'slot-77')`],
  [
    'what is past its retention',
    `SELECT "id" FROM "webhookDeliveries" WHERE "expiresAt" < '2020-01-01' ORDER BY "expiresAt" LIMIT 500`,
  ],
];

async function fill(db: Database): Promise<void> {
  const table = new Table(db, db.getCollection('webhookDeliveries'));
  for (let offset = 0; offset < ROWS; offset += 1_000) {
    await table.insert(
      Array.from({ length: 1_000 }, (_none, index) => {
        const n = offset + index;
        const statuses = ['received', 'received', 'succeeded', 'rejected'];
        return {
          id: `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
          key: `k${n % 20}`,
          status: n % 1_000 === 0 ? 'failed' : statuses[n % 4],
          dedupeSlot: n % 10 === 0 ? `slot-${n}` : null,
          receivedAt: new Date(),
          expiresAt: new Date(Date.now() + n * 1_000),
        };
      }),
      null,
    );
  }
}

describe.each(['postgres', 'mariadb'] as const)('with many rows, %s', (dialect) => {
  let db: Database;
  let close: () => Promise<void>;
  const sql = (query: string) => (dialect === 'mariadb' ? query.replaceAll('"', '`') : query);

  beforeAll(async () => {
    ({ db, close } = await openDatabase(dialect));
    await fill(db);
    await db.sequelize.query(
      sql(dialect === 'mariadb' ? 'ANALYZE TABLE "webhookDeliveries"' : 'ANALYZE "webhookDeliveries"'),
    );
  });
  afterAll(() => close());

  it.each(QUERIES)('finds %s by an index', async (_what, query) => {
    const plan = JSON.stringify(await db.sequelize.query(sql(`EXPLAIN ${query}`), { type: QueryTypes.SELECT }));
    expect(plan).not.toMatch(/Seq Scan|"type":"ALL"|filesort/);
  });
});

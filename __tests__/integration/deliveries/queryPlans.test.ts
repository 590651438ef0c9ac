import type Database from '@nocobase/database';
import type { Filter } from '@nocobase/database';
import { QueryTypes } from 'sequelize';
import { fieldsOf, orderOf } from '../../../src/server/api/deliveryFilter';
import { SqlTable } from '../../../src/server/deliveries/store/SqlTable';
import { DIALECTS, type TestDialect } from '../../support/shared';
import { openDatabase } from './database';

jest.setTimeout(120_000);

/** How many rows wait in the way of each query. */
const ROWS = 100_000;
const WEBHOOKS = 100;

const QUERIES: [string, string][] = [
  [
    'the next received ones of a webhook',
    `SELECT "id" FROM "webhookDeliveries" WHERE "key" = 'k7' AND "status" = 'received' ORDER BY "position" LIMIT 64`,
  ],
  [
    'those of them that need not wait to be tried again',
    `SELECT "id" FROM "webhookDeliveries" WHERE "key" = 'k7' AND "status" = 'received'` +
      ` AND ("nextAttemptAt" > '2020-01-01') IS NOT TRUE ORDER BY "position" LIMIT 64`,
  ],
  [
    'what is to be tried again by now',
    `SELECT 1 AS "due" FROM "webhookDeliveries" WHERE "key" = 'k7' AND "nextAttemptAt" <= '2020-01-01' LIMIT 1`,
  ],
  ['the first of a repeat', `SELECT "id" FROM "webhookDeliveries" WHERE "dedupeSlot" IN ('slot-5', 'slot-77')`],
  [
    'what is past its retention',
    `SELECT "id" FROM "webhookDeliveries" WHERE "expiresAt" < '2020-01-01' ORDER BY "expiresAt" LIMIT 500`,
  ],
];

/** Pages of the log, as the API asks NocoBase for them. */
const PAGES: [string, Filter, string][] = [
  ['the log', {}, '-id'],
  ['a webhook’s log', { key: 'k7' }, '-id'],
  ['a webhook’s log by status', { key: 'k7', status: 'failed' }, '-id'],
  ['the log by status', { status: 'failed' }, '-id'],
  ['the log from its beginning', {}, 'id'],
];

const STATUSES = ['received', 'received', 'succeeded', 'rejected', 'succeeded', 'received', 'duplicate', 'ignored'];

/** As a busy NocoBase has them: each of a hundred webhooks has a thousand, a tenth of them failed. */
function statusOf(n: number): string {
  const ofWebhook = Math.floor(n / WEBHOOKS);
  if (ofWebhook % 100 === 1) {
    return 'started';
  }
  return ofWebhook % 10 === 0 ? 'failed' : String(STATUSES[ofWebhook % STATUSES.length]);
}

async function fill(db: Database): Promise<void> {
  const table = new SqlTable(db, db.getCollection('webhookDeliveries'));
  for (let offset = 0; offset < ROWS; offset += 1_000) {
    await table.insert(
      Array.from({ length: 1_000 }, (_none, index) => {
        const n = offset + index;
        return {
          id: `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
          key: `k${n % WEBHOOKS}`,
          status: statusOf(n),
          owner: statusOf(n) === 'started' ? `01900000-0000-7000-8000-00000000000${n % 3}` : null,
          dedupeSlot: n % 10 === 0 ? `slot-${n}` : null,
          receivedAt: new Date(),
          expiresAt: new Date(Date.now() + n * 1_000),
        };
      }),
      null,
      { counted: 'position' },
    );
  }
}

/** How each database is told to look at what it holds; PostgreSQL's autovacuum does both of these. */
const ANALYZE: Record<TestDialect, string> = {
  sqlite: 'ANALYZE',
  postgres: 'VACUUM ANALYZE "webhookDeliveries"',
  mariadb: 'ANALYZE TABLE `webhookDeliveries`',
};

/**
 * What a plan says that takes the longer the more rows there are: one that reads a whole table or index, or that
 * has to see all rows that meet a condition before it has the first ones in order.
 */
const GROWS: Record<TestDialect, RegExp> = {
  sqlite: /\bSCAN\b|TEMP B-TREE/,
  postgres: /Seq Scan|Sort|Bitmap/,
  mariadb: /"type":"(ALL|index)"|filesort|temporary/,
};

describe.each(DIALECTS)('with many rows, %s', (dialect) => {
  let db: Database;
  let close: () => Promise<void>;
  const sql = (query: string) => (dialect === 'mariadb' ? query.replaceAll('"', '`') : query);

  const planOf = async (query: string) => {
    const explain = dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    return JSON.stringify(await db.sequelize.query(sql(`${explain} ${query}`), { type: QueryTypes.SELECT }));
  };

  beforeAll(async () => {
    ({ db, close } = await openDatabase(dialect));
    await fill(db);
    await db.sequelize.query(ANALYZE[dialect]);
  });
  afterAll(() => close());

  it.each(QUERIES)('finds %s by an index, in its order', async (_what, query) => {
    expect(await planOf(query)).not.toMatch(GROWS[dialect]);
  });

  it.each(PAGES)('finds a page of %s by an index, in its order', async (_what, filter, sort) => {
    const seen: string[] = [];
    const logging = (text: string) => seen.push(text.replace(/^Executing \([^)]*\): /, ''));
    await db
      .getRepository('webhookDeliveries')
      .find({ filter, fields: fieldsOf(undefined) ?? [], limit: 21, logging, ...orderOf([sort]) });
    expect(seen).toHaveLength(1);
    const plan = await planOf(seen[0] ?? '');
    // Read in the order of an index and broken off, a whole one costs no more than its first lines.
    expect(plan).not.toMatch(
      dialect === 'mariadb' ? /"type":"ALL"|filesort|temporary/ : /TEMP B-TREE|Seq Scan|Sort|Bitmap/,
    );
  });

  it('finds what a dead node had in hand among the started ones, however many wait', async () => {
    const plan = await planOf(
      `SELECT "id" FROM "webhookDeliveries" WHERE "status" = 'started'` +
        ` AND "owner" = '01900000-0000-7000-8000-000000000001' ORDER BY "id" LIMIT 200`,
    );
    expect(plan).not.toMatch(/\bSCAN\b|Seq Scan|"type":"(ALL|index)"/);
    expect(plan).toContain('status_id');
  });

  it('would tell of one that no index serves', async () => {
    expect(await planOf(`SELECT "id" FROM "webhookDeliveries" WHERE "ip" = '::1'`)).toMatch(GROWS[dialect]);
    expect(await planOf(`SELECT "id" FROM "webhookDeliveries" WHERE "key" = 'k7' ORDER BY "expiresAt"`)).toMatch(
      GROWS[dialect],
    );
  });
});

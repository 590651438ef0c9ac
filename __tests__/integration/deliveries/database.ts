import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from '@nocobase/database';
import {
  createDatabase,
  databaseServer,
  dropDatabase,
  freshDatabaseName,
  type HostDatabase,
} from '../../../scripts/host';
import deliveries from '../../../src/server/collections/webhookDeliveries';
import epochs from '../../../src/server/collections/webhookEpochs';
import logEpochs from '../../../src/server/collections/webhookLogEpochs';
import lanes from '../../../src/server/collections/webhookQueues';
import stats from '../../../src/server/collections/webhookStats';
import { preparePositions } from '../../../src/server/deliveries/store/positions';
import resumptions from '../../../src/server/collections/webhookResumptions';
import nodes from '../../../src/server/collections/webhookInstances';
import type { TestDialect } from '../../support/shared';

/** A database with our tables and those of the workflow engine that we write to, without a NocoBase around it. */
export async function openDatabase(dialect: TestDialect): Promise<{ db: Database; close: () => Promise<void> }> {
  const place: HostDatabase =
    dialect === 'sqlite'
      ? { dialect }
      : { dialect, server: databaseServer(dialect), name: freshDatabaseName('webhook_store') };
  const folder = mkdtempSync(join(tmpdir(), 'webhook-store-'));
  if (dialect !== 'sqlite') {
    await createDatabase(place);
  }
  const db = new Database({
    dialect,
    logging: false,
    ...(place.server && place.name
      ? {
          host: place.server.host,
          port: place.server.port,
          username: place.server.user,
          password: place.server.password,
          database: place.name,
        }
      : { storage: join(folder, 'db.sqlite') }),
  });
  for (const collection of [deliveries, epochs, logEpochs, lanes, nodes, resumptions, stats, ...ENGINE_TABLES]) {
    db.collection(collection);
  }
  await db.sync();
  await preparePositions(db);
  return {
    db,
    close: async () => {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
      if (dialect !== 'sqlite') {
        await dropDatabase(place);
      }
    },
  };
}

/** As the engine has them, without what they have to do with other tables. */
const ENGINE_TABLES = [
  {
    name: 'executions',
    autoGenId: false,
    fields: [
      { type: 'bigInt', name: 'id', primaryKey: true },
      { type: 'bigInt', name: 'workflowId' },
      { type: 'string', name: 'key' },
      { type: 'string', name: 'eventKey', unique: true },
      { type: 'json', name: 'context' },
      { type: 'integer', name: 'status' },
      { type: 'boolean', name: 'dispatched', defaultValue: false },
      { type: 'datetime', name: 'startedAt' },
      { type: 'datetime', name: 'expiresAt' },
    ],
  },
  {
    name: 'jobs',
    autoGenId: false,
    fields: [
      { type: 'bigInt', name: 'id', primaryKey: true },
      { type: 'bigInt', name: 'executionId' },
      { type: 'integer', name: 'status' },
      { type: 'json', name: 'result' },
    ],
  },
  {
    name: 'workflowStats',
    autoGenId: false,
    fields: [
      { type: 'string', name: 'key', primaryKey: true },
      { type: 'bigInt', name: 'executed', defaultValue: 0 },
    ],
  },
  {
    name: 'workflowVersionStats',
    autoGenId: false,
    fields: [
      { type: 'bigInt', name: 'id', primaryKey: true },
      { type: 'bigInt', name: 'executed', defaultValue: 0 },
    ],
  },
];

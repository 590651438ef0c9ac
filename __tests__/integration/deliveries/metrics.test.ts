import { DIALECTS } from '../../support/shared';
import { ownHost } from '../../support/hosts';
import { createWebhook, finishedExecutions } from '../../support/workflows';
import { countByStatus } from '../../../src/server/api/countByStatus';
import { newDeliveryId } from '../../../src/server/deliveries/model/ids';
import { readInbox, showInbox } from '../../../src/server/metrics/inboxMetrics';
import type { Meter } from '../../../src/server/metrics/RequestMetrics';
import { openDatabase } from './database';

jest.setTimeout(180_000);

describe.each(DIALECTS)('what is counted on %s', (dialect) => {
  it('is what waits, how old the oldest of it is, and each status of each webhook', async () => {
    const { db, close } = await openDatabase(dialect);
    try {
      expect(await readInbox(db)).toEqual({ depth: 0, oldestAge: 0 });
      const rows = [
        ['a', 'received'],
        ['a', 'received'],
        ['b', 'received'],
        ['b', 'failed'],
      ] as const;
      for (const [key, status] of rows) {
        await db.getRepository('webhookDeliveries').create({ values: { id: newDeliveryId(), key, status } });
      }
      const { depth, oldestAge } = await readInbox(db, Date.now() + 60_000);
      expect(depth).toBe(3);
      expect(oldestAge).toBeGreaterThanOrEqual(60_000);
      expect(oldestAge).toBeLessThan(120_000);
      expect(await countByStatus(db, ['a', 'b', 'c'])).toEqual(
        new Map([
          ['a', { received: 2 }],
          ['b', { received: 1, failed: 1 }],
          ['c', {}],
        ]),
      );
      expect(
        await observed((meter) => showInbox(meter, db, { figures: { inboxDepth: 5, notRecorded: 7 } })),
      ).toMatchObject({ 'webhook.inbox.depth': 3, 'webhook.inbox.uncommitted': 5, 'webhook.unrecorded': 7 });
    } finally {
      await close();
    }
  });
});

it("reaches NocoBase's telemetry", async () => {
  const host = await ownHost({ env: { TELEMETRY_ENABLED: 'on', TELEMETRY_METRIC_READER: 'console' } });
  try {
    const { key } = await createWebhook(host.api, { ipAllowlist: ['127.0.0.1', '::1'] });
    const url = `${host.url}${host.apiPath}webhooks/${key}`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
    expect((await fetch(url, { method: 'PUT' })).status).toBe(405);
    await finishedExecutions(host.api, key);
    // What was measured since the last time goes out as NocoBase stops.
    await host.stop();
    const log = host.log();
    for (const name of ['webhook.accepted', 'webhook.rejected', 'webhook.duration', 'METHOD_NOT_ALLOWED']) {
      expect(log).toContain(name);
    }
  } finally {
    await host.remove();
  }
});

/** What a telemetry that looks once is told, by instrument. */
async function observed(show: (meter: Meter) => () => void): Promise<Record<string, number>> {
  type Callback = (result: { observe(instrument: string, value: number): void }) => Promise<void>;
  const callbacks = new Set<Callback>();
  const meter = {
    createObservableGauge: (name: string) => name,
    createObservableCounter: (name: string) => name,
    addBatchObservableCallback: (callback: Callback) => callbacks.add(callback),
    removeBatchObservableCallback: (callback: Callback) => callbacks.delete(callback),
  };
  const end = show(meter as unknown as Meter);
  const values: Record<string, number> = {};
  for (const callback of callbacks) {
    await callback({ observe: (instrument, value) => (values[instrument] = value) });
  }
  end();
  expect(callbacks.size).toBe(0);
  return values;
}

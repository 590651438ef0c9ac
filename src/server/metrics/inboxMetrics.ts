import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import type { Deliveries } from '../deliveries/Deliveries';
import { arrivalOf } from '../deliveries/model/ids';
import { SqlTable } from '../deliveries/store/SqlTable';
import type { Meter } from './RequestMetrics';

/** Counted no further: the count must stay cheap when it matters most. */
const MAX_DEPTH = 100_000;

/** How much waits in the inbox, for all instances together. */
export interface InboxState {
  /** Deliveries that are stored and not started, those of paused webhooks among them; at most 100,000. */
  depth: number;
  /** Milliseconds since the oldest of them came; 0: none waits. */
  oldestAge: number;
}

/** Reads it off the index on `(status, id)`. */
export async function readInbox(db: Database, now = Date.now()): Promise<InboxState> {
  const t = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  const waiting = `FROM ${t.name} WHERE ${t.column('status')} = 'received'`;
  const [counted] = await t.select<{ depth: number | string }>(
    `SELECT COUNT(*) AS depth FROM (SELECT 1 AS one ${waiting} LIMIT ${MAX_DEPTH}) waiting`,
    [],
    null,
  );
  const [oldest] = await t.select<{ id: string }>(
    `SELECT ${t.pick(['id'])} ${waiting} ORDER BY ${t.column('id')} LIMIT 1`,
    [],
    null,
  );
  return { depth: Number(counted?.depth ?? 0), oldestAge: oldest ? Math.max(0, now - arrivalOf(oldest.id)) : 0 };
}

/** Shows the inbox to NocoBase's telemetry whenever that looks; returns how to end it. */
export function showInbox(meter: Meter, db: Database, deliveries: Pick<Deliveries, 'figures'>): () => void {
  if (!meter) {
    return () => undefined;
  }
  const depth = meter.createObservableGauge('webhook.inbox.depth', {
    description: 'Stored and not started deliveries',
  });
  const age = meter.createObservableGauge('webhook.inbox.oldest_age', {
    description: 'Age of the oldest of them',
    unit: 'ms',
  });
  const uncommitted = meter.createObservableGauge('webhook.inbox.uncommitted', {
    description: 'Deliveries of this instance that wait for their commit',
  });
  const unrecorded = meter.createObservableCounter('webhook.unrecorded', {
    description: 'Requests of this instance that started nothing and were only counted',
  });
  const instruments = [depth, age, uncommitted, unrecorded];
  const observe: Parameters<typeof meter.addBatchObservableCallback>[0] = async (result) => {
    const { inboxDepth, notRecorded } = deliveries.figures;
    result.observe(uncommitted, inboxDepth);
    result.observe(unrecorded, notRecorded);
    const inbox = await readInbox(db);
    result.observe(depth, inbox.depth);
    result.observe(age, inbox.oldestAge);
  };
  meter.addBatchObservableCallback(observe, instruments);
  return () => meter.removeBatchObservableCallback(observe, instruments);
}

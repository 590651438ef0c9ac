import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION, OPEN_STATUSES, type DeliveryStatus } from '../../common/deliveries';
import { placeholders, SqlTable } from '../deliveries/store/SqlTable';

/** How a run ended, as it is counted. */
export interface EndedRun {
  key: string;
  event: string | null;
  status: DeliveryStatus;
  /** From its start to its end. */
  milliseconds: number;
  /** Of its end, in milliseconds since 1970. */
  time: number;
}

interface StoredEnd {
  key: string;
  event: string | null;
  status: DeliveryStatus;
  receivedAt: Date | string;
  startedAt: Date | string | null;
  finishedAt: Date | string | null;
}

/** The runs of these deliveries that have ended; those that are to be tried again have not. */
export async function readEnds(db: Database, ids: readonly string[]): Promise<EndedRun[]> {
  const t = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  const bind: unknown[] = [];
  const fields = ['key', 'event', 'status', 'receivedAt', 'startedAt', 'finishedAt'];
  const rows = await t.select<StoredEnd>(
    `SELECT ${t.pick(fields)} FROM ${t.name} WHERE ${t.column('id')} IN (${placeholders(ids, bind)})`,
    bind,
    null,
  );
  return rows.flatMap(({ key, event, status, receivedAt, startedAt, finishedAt }) => {
    if (finishedAt === null || OPEN_STATUSES.includes(status)) {
      return [];
    }
    const time = timeOf(finishedAt);
    return { key, event, status, milliseconds: time - timeOf(startedAt ?? receivedAt), time };
  });
}

/** SQLite gives its dates as texts. */
function timeOf(value: Date | string): number {
  return new Date(value).getTime();
}

import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION, type DeliveryStatus } from '../../common/deliveries';
import { placeholders, SqlTable } from '../deliveries/store/SqlTable';

/** How many deliveries of these webhooks are kept in each status, by workflow key. Answered by the index alone. */
export async function countByStatus(
  db: Database,
  keys: readonly string[],
): Promise<Map<string, Partial<Record<DeliveryStatus, number>>>> {
  const counts = new Map<string, Partial<Record<DeliveryStatus, number>>>(keys.map((key) => [key, {}]));
  if (keys.length === 0) {
    return counts;
  }
  const t = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  const bind: unknown[] = [];
  const rows = await t.select<{ key: string; status: DeliveryStatus; total: number | string }>(
    `SELECT ${t.pick(['key', 'status'])}, COUNT(*) AS total FROM ${t.name}` +
      ` WHERE ${t.column('key')} IN (${placeholders(keys, bind)}) GROUP BY ${t.column('key')}, ${t.column('status')}`,
    bind,
    null,
  );
  for (const { key, status, total } of rows) {
    counts.set(key, { ...counts.get(key), [status]: Number(total) });
  }
  return counts;
}

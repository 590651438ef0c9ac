import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import { MAX_WAITING } from '../../common/overview';
import { arrivalOf } from '../deliveries/model/ids';
import { SqlTable } from '../deliveries/store/SqlTable';

/** What the log says of a webhook. */
export interface InLog {
  /** Milliseconds since 1970, as all times here; null: there is none. */
  lastCallAt: number | null;
  oldestWaitingAt: number | null;
  /** {@link MAX_WAITING} at most. */
  waiting: number;
}

/** One statement asks about so many. */
const MAX_KEYS = 50;

/** The last call of each webhook that is in the log, and what waits; each answered by the first rows of an index. */
export async function readWaiting(db: Database, keys: readonly string[]): Promise<Map<string, InLog>> {
  const found = new Map<string, InLog>();
  for (let offset = 0; offset < keys.length; offset += MAX_KEYS) {
    const some = keys.slice(offset, offset + MAX_KEYS);
    const rows = await ask(db, some);
    for (const { n, last, oldest, waiting } of rows) {
      found.set(some[Number(n)] ?? '', {
        lastCallAt: last === null ? null : arrivalOf(last),
        oldestWaitingAt: oldest === null ? null : arrivalOf(oldest),
        waiting: Number(waiting),
      });
    }
  }
  return found;
}

interface Answered {
  n: number | string;
  last: string | null;
  oldest: string | null;
  waiting: number | string;
}

function ask(db: Database, keys: readonly string[]): Promise<Answered[]> {
  const t = new SqlTable(db, db.getCollection(DELIVERIES_COLLECTION));
  const [id, status] = [t.column('id'), t.column('status')];
  const bind: unknown[] = [];
  const parts = keys.map((key, index) => {
    const from = (what: string) => `SELECT ${what} FROM ${t.name} WHERE ${t.column('key')} = $${bind.push(key)}`;
    const called = `${from(id)} AND ${t.column('replayOf')} IS NULL ORDER BY ${id} DESC LIMIT 1`;
    const oldest = `${from(id)} AND ${status} = 'received' ORDER BY ${id} LIMIT 1`;
    const waiting = `${from('1 AS one')} AND ${status} = 'received' LIMIT ${MAX_WAITING}`;
    return (
      `SELECT ${index} AS ${t.quote('n')}, (${called}) AS ${t.quote('last')}, (${oldest}) AS ${t.quote('oldest')},` +
      ` (SELECT COUNT(*) FROM (${waiting}) w) AS ${t.quote('waiting')}`
    );
  });
  return t.select<Answered>(parts.join(' UNION ALL '), bind, null);
}

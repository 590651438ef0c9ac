import type { Database } from '@nocobase/database';
import { DELIVERIES_COLLECTION } from '../../common/deliveries';
import type { SharedAddress } from '../../common/settings';
import { orderOf } from '../api/deliveryFilter';
import type { Trust } from '../net/clientAddress';
import { isPublicAddress } from '../verifiers/publicAddress';

/** Deliveries looked at: the last so many, and of them the refused ones left out, which a stranger can make. */
const LOOKED_AT = 200;
/** Fewer than that tell nothing. */
const MIN_CALLS = 20;
/** Of the last of them the headers are read too. */
const HEADERS_READ = 20;

/** In which a proxy says whom a call came from. */
const FORWARDING_HEADERS = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip'];

interface Row {
  id: string;
  key: string;
  ip: string | null;
  status: string;
  headers?: Record<string, unknown> | null;
}

/**
 * The one address that all of the latest calls came from, if there is reason to believe that it is not one caller's: each
 * says that it was forwarded for somebody else, or it is a private address that several webhooks are called from. Null:
 * callers have addresses of their own, as far as can be seen.
 * @param key a workflow key: looked for among that webhook's calls first
 */
export async function findSharedAddress(db: Database, trust: Trust, key?: string): Promise<SharedAddress | null> {
  return (key === undefined ? null : await sharedAmong({ key }, db, trust)) ?? (await sharedAmong({}, db, trust));
}

async function sharedAmong(calls: { key?: string }, db: Database, trust: Trust): Promise<SharedAddress | null> {
  const repository = db.getRepository(DELIVERIES_COLLECTION);
  const read = async (options: object): Promise<Row[]> => {
    const found = (await repository.find({ ...orderOf(['-id']), ...options })) as { toJSON(): Row }[];
    return found.map((row) => row.toJSON());
  };
  const rows = (await read({ fields: ['id', 'key', 'ip', 'status'], filter: calls, limit: LOOKED_AT })).filter(
    ({ status }) => status !== 'rejected',
  );
  const address = rows[0]?.ip;
  if (!address || rows.length < MIN_CALLS || rows.some(({ ip }) => ip !== address)) {
    return null;
  }
  const ids = rows.slice(0, HEADERS_READ).map(({ id }) => id);
  const withHeaders = await read({ fields: ['id', 'headers'], filter: { id: { $in: ids } } });
  const forwarded = withHeaders.length > 0 && withHeaders.every(({ headers }) => saysAnother(headers, address));
  const severalPrivate = !isPublicAddress(address) && new Set(rows.map(({ key }) => key)).size > 1;
  // Since then it has become a trusted proxy, or the deliveries are older than that.
  const isMended = forwarded && trust(address, 0);
  return (forwarded || severalPrivate) && !isMended ? { address, calls: rows.length, forwarded } : null;
}

/** Whether the call was forwarded for somebody else than the address that counts as its caller. */
function saysAnother(headers: Row['headers'], address: string): boolean {
  const said = FORWARDING_HEADERS.flatMap((name) => String(headers?.[name] ?? '').split(',')).flatMap(
    (entry) => entry.trim() || [],
  );
  return said.length > 0 && !said.includes(address);
}

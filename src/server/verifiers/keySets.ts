import { cacheOf } from './fetching/FetchCache';
import { readPublicKeys, type PublicKey } from './jwtKeys';
import type { Outbound } from './types';

const POLICY = { maxBytes: 262_144, timeoutMs: 5_000, maxAge: 600, coolDown: 30 };

/** A key set is read once, not for every call. */
const READ_KEYS = new WeakMap<Buffer, PublicKey[]>();

/** How keys are fetched, and when. */
export interface KeyFetch {
  outbound: Outbound;
  /** Unix seconds. */
  now: number;
}

/**
 * The public keys at an address that a webhook's settings name: PEM, JWK or JWKS. Kept for ten minutes.
 * @param fresh what is kept is not enough, but within the cool-down
 * @throws OutboundError if they can't be had
 */
export async function fetchPublicKeys(url: string, { outbound, now }: KeyFetch, fresh: boolean): Promise<PublicKey[]> {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const policy = { ...POLICY, hosts: (candidate: string) => candidate === host };
  const fetched = await cacheOf(outbound).getConfigured({ url, policy, now, fresh });
  let keys = READ_KEYS.get(fetched);
  if (!keys) {
    keys = readPublicKeys(fetched.toString('utf8'));
    READ_KEYS.set(fetched, keys);
  }
  return keys;
}

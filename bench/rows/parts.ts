import { createHmac, randomBytes } from 'node:crypto';
import { parsePath } from '../../src/common/path';
import type { Endpoint } from '../../src/server/endpoints/Endpoint';
import { RouteTable } from '../../src/server/endpoints/RouteTable';
import { verifyRequest } from '../../src/server/verifiers';
import { seededPath } from '../seed';
import type { Measurement, Row } from '../types';

const ROUNDS = 200;
const LOOKUPS = 2_000;

/** The fastest of many rounds each, taken in turns, in milliseconds: those that nothing else on the machine slowed down. */
export function fastest(...runs: (() => unknown)[]): number[] {
  const best = runs.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    runs.forEach((run, index) => {
      const start = performance.now();
      run();
      best[index] = Math.min(best[index] ?? Infinity, performance.now() - start);
    });
  }
  return best;
}

/** A table of so many routes, and a round of look-ups spread over it. */
function lookups(count: number): () => void {
  const table = new RouteTable();
  for (let n = 1; n <= count; n++) {
    const path = parsePath(seededPath(n));
    if ('segments' in path) {
      // The table reads no more of an endpoint than this.
      const endpoint: Partial<Endpoint> = { workflowId: n, key: `key${n}`, segments: path.segments };
      table.add(endpoint as Endpoint);
    }
  }
  const paths = Array.from({ length: LOOKUPS }, (_, index) =>
    seededPath(1 + ((index * 7_919) % count)).replace(':order', '4711'),
  );
  return () => paths.forEach((path) => table.find(path));
}

export const MATCH: Row = {
  id: 'match',
  title: 'match, 10 routes / 10,000 routes',
  run() {
    const [few = 0, many = 0] = fastest(lookups(10), lookups(10_000));
    const row = (id: string, count: number, milliseconds: number): Measurement => ({
      id,
      what: `match among ${count} routes, the look-up alone`,
      value: (milliseconds / LOOKUPS) * 1e6,
      unit: 'ns',
    });
    return Promise.resolve([row('match-10', 10, few), row('match-10000', 10_000, many)]);
  },
};

export const HMAC: Row = {
  id: 'C',
  title: 'HMAC of a 1 MB body against bare node:crypto',
  run() {
    const body = randomBytes(1_024 * 1_024);
    const secret = 'a secret of the usual length';
    const hmac = () => createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'x-hub-signature-256': `sha256=${hmac()}` };
    const verify = () =>
      verifyRequest({
        auth: { type: 'provider', provider: 'github', secrets: [secret] },
        request: { method: 'POST', url: '/', headers, rawBody: body },
        now: Date.now() / 1_000,
      });
    const [bare = 0, verified = 0] = fastest(hmac, verify);
    return Promise.resolve([
      { id: 'C-bare', what: 'HMAC-SHA256 of 1 MB, node:crypto alone', value: bare, unit: 'ms' },
      { id: 'C-ours', what: 'the same body verified by `verifyRequest` (GitHub)', value: verified, unit: 'ms' },
    ]);
  },
};

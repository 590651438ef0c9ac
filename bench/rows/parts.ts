import { createHmac, randomBytes } from 'node:crypto';
import { parsePath } from '../../src/common/path';
import type { Endpoint } from '../../src/server/endpoints/Endpoint';
import { RouteTable } from '../../src/server/endpoints/RouteTable';
import { verifyRequest } from '../../src/server/verifiers';
import { seededPath } from '../seed';
import type { Measurement, Row } from '../types';

const ROUNDS = 200;
const LOOKUPS = 2_000;

/** A round that is measured; `prepare` runs before each, and isn't. */
interface Round {
  prepare?(): void;
  run(): unknown;
}

/** The fastest of many rounds each, taken in turns, in milliseconds: those that nothing else on the machine slowed down. */
function fastest(...rounds: Round[]): number[] {
  const best = rounds.map(() => Infinity);
  for (let turn = 0; turn < ROUNDS; turn++) {
    rounds.forEach(({ prepare, run }, index) => {
      prepare?.();
      const start = performance.now();
      run();
      best[index] = Math.min(best[index] ?? Infinity, performance.now() - start);
    });
  }
  return best;
}

function tableOf(count: number): RouteTable {
  const table = new RouteTable();
  for (let n = 1; n <= count; n++) {
    const path = parsePath(seededPath(n));
    if ('segments' in path) {
      // The table reads no more of an endpoint than this.
      const endpoint: Partial<Endpoint> = { workflowId: n, key: `key${n}`, segments: path.segments };
      table.add(endpoint as Endpoint);
    }
  }
  return table;
}

/** Look-ups of so many of a table's paths, in turns. A request's path is a new string, so each of these is. */
function lookups(table: RouteTable, distinct: number): Round {
  const texts = Array.from({ length: LOOKUPS }, (_, index) =>
    Buffer.from(seededPath(1 + ((index * 7_919) % distinct)).replace(':order', '4711')),
  );
  let paths: string[] = [];
  return {
    prepare: () => {
      paths = texts.map(String);
    },
    run: () => paths.forEach((path) => table.find(path)),
  };
}

export const MATCH: Row = {
  id: 'match',
  title: 'match, 10 routes / 10,000 routes',
  run() {
    const [few, many] = [tableOf(10), tableOf(10_000)];
    const [ofFew = 0, ofMany = 0, spread = 0] = fastest(lookups(few, 10), lookups(many, 10), lookups(many, 10_000));
    const row = (id: string, what: string, milliseconds: number): Measurement => ({
      id,
      what: `match, the look-up alone: ${what}`,
      value: (milliseconds / LOOKUPS) * 1e6,
      unit: 'ns',
    });
    return Promise.resolve([
      row('match-10', '10 paths among 10 routes', ofFew),
      row('match-10000', 'the same 10 among 10,000', ofMany),
      row('match-spread', '2,000 paths spread over 10,000', spread),
    ]);
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
    const [bare = 0, verified = 0] = fastest({ run: hmac }, { run: verify });
    return Promise.resolve([
      { id: 'C-bare', what: 'HMAC-SHA256 of 1 MB, node:crypto alone', value: bare, unit: 'ms' },
      { id: 'C-ours', what: 'the same body verified by `verifyRequest` (GitHub)', value: verified, unit: 'ms' },
    ]);
  },
};

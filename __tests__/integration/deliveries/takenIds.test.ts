import type { Host } from '../../../scripts/host';
import { runSql } from '../../../scripts/host/sql';
import { ownHost } from '../../support/hosts';
import { DIALECTS } from '../../support/shared';
import { SlowHttp } from '../../support/slow';
import { addNode, createWebhook, waitFor } from '../../support/workflows';

jest.setTimeout(240_000);

/** NocoBase's ids of jobs are milliseconds, twelve bits of an instance's number, and ten of a counter. */
const MILLISECOND = 2 ** 22;
/** So many of the next milliseconds, and of each the first so many ids. */
const TAKEN_MS = 30_000;
const TAKEN_OF_EACH = 3;
const DIGITS = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS n`).join(' UNION ALL ');

const CALLS = 12;

describe.each(DIALECTS)('ids of results that other results have, on %s', (dialect) => {
  let host: Host;
  const server = new SlowHttp();
  beforeAll(async () => {
    host = await ownHost({ dialect });
  });
  afterAll(async () => {
    server.close();
    await host.remove();
  });

  const count = async (condition: string) => {
    const [[row] = []] = await runSql(host, [`SELECT count(*) AS "n" FROM "jobs" WHERE ${condition}`]);
    return Number(row?.n);
  };
  /** Puts results of another run where this process would put those of the next milliseconds; how many. */
  const take = async () => {
    const [[row] = []] = await runSql(host, ['SELECT max("id") AS "last" FROM "jobs"']);
    const first = BigInt(String(row?.last)) + BigInt(MILLISECOND);
    const base = first - (first % 1024n);
    const digits = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `(${DIGITS}) ${name}`).join(', ');
    const milliseconds = '(a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n)';
    await runSql(host, [
      'INSERT INTO "jobs" ("id", "executionId", "status", "createdAt", "updatedAt")' +
        ` SELECT ${base} + f.n + ${milliseconds} * ${1_000 * MILLISECOND} / 1000, 1, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP` +
        ` FROM ${digits} WHERE ${milliseconds} < ${TAKEN_MS} AND f.n < ${TAKEN_OF_EACH}`,
    ]);
    return TAKEN_MS * TAKEN_OF_EACH;
  };

  it('break no run off, and are nobody else’s afterwards', async () => {
    const url = `http://127.0.0.1:${await server.listen()}/`;
    server.answers = true;
    const workflow = await createWebhook(host.api, { concurrency: 1 }, { enabled: false });
    const calculation = {
      type: 'calculation',
      config: { engine: 'formula.js', expression: '{{$context.data.number}}' },
    };
    const { id: first } = await addNode(host.api, workflow, calculation);
    const request = { type: 'request', config: { method: 'GET', url }, upstreamId: first };
    const { id: second } = await addNode(host.api, workflow, request);
    await addNode(host.api, workflow, { ...calculation, upstreamId: second });
    await host.api.action('workflows:update', { enabled: true }, { filterByTk: workflow.id });
    const call = async (number: number) => {
      const answer = await fetch(`${host.url}${host.apiPath}webhooks/${workflow.key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number }),
      });
      expect(answer.status).toBe(200);
    };
    const statuses = async () =>
      (await runSql(host, [`SELECT "status" FROM "webhookDeliveries" WHERE "key" = '${workflow.key}'`]))[0]?.map(
        ({ status }) => status,
      ) ?? [];
    const settled = (count: number) =>
      waitFor(`${count} ends`, 120_000, async () => {
        const all = await statuses();
        return all.length === count && all.every((status) => status !== 'received' && status !== 'started');
      });

    await call(0);
    await settled(1);
    const taken = await take();
    for (let number = 1; number <= CALLS; number++) {
      await call(number);
    }
    await settled(CALLS + 1);
    expect(new Set(await statuses())).toEqual(new Set(['succeeded']));
    expect(server.calls).toBe(CALLS + 1);
    expect(await count('"executionId" <> 1')).toBe(3 * (CALLS + 1));
    expect(await count('"executionId" = 1')).toBe(taken);
  });
});

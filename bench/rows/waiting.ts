import { measured, throughput } from '../measure';
import type { Stage } from '../Stage';
import type { Measurement, Row } from '../types';
import { createWebhook, GITHUB, PAYLOAD } from '../workflows';

/** Each page is asked for so often; the figure is the median. */
const LOOKS = 21;

/** Pages of the log as the deliveries page asks for them: the newest, those of one status, and the counters. */
const PAGES = [
  ['log', 'the newest page of the log', 'webhookDeliveries:list?pageSize=20&simplePaginate=true'],
  ['failed', 'its newest failed', 'webhookDeliveries:list?pageSize=20&simplePaginate=true&filter={"status":"failed"}'],
  ['counters', 'the webhooks with their counters', 'webhookEndpoints:list'],
] as const;

export const WAITING: Row = {
  id: '14',
  title: 'nothing against a million deliveries waiting',
  async run(stage) {
    const measurements: Measurement[] = [];
    for (const [id, count] of [
      ['none', 0],
      ['million', stage.effort.waiting],
    ] as const) {
      await stage.reset();
      const paused = await createWebhook(stage);
      await stage.host.api.action('webhookEndpoints:pause', {}, { filterByTk: paused.key });
      await seedWaiting(stage, paused.key, count);
      const { call } = await createWebhook(stage, { config: GITHUB });
      const what = `with ${count.toLocaleString('en')} waiting`;
      measurements.push(
        throughput(`14-${id}`, `our async webhook, GitHub HMAC, ${what}`, await measured(call, stage.effort)),
      );
      for (const [page, title, action] of PAGES) {
        measurements.push(await look(stage, `14-${page}-${id}`, `${title}, ${what}`, action));
      }
    }
    return measurements;
  },
};

/** Puts deliveries that wait to be started straight into the database, the oldest of them a day old. */
async function seedWaiting(stage: Stage, key: string, count: number): Promise<void> {
  const isSqlite = stage.dialect === 'sqlite';
  const numbers = isSqlite
    ? `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`
    : `WITH numbers AS (SELECT n FROM generate_series(1, ${count}) n)`;
  const hex = (digits: number, value: string) =>
    isSqlite ? `printf('%0${digits}x', ${value})` : `lpad(to_hex(${value}), ${digits}, '0')`;
  const time = hex(12, `CAST(${Date.now() - 86_400_000} AS BIGINT) + n`);
  // A UUID of version 7 begins with its time.
  const text = `substr(${time}, 1, 8) || '-' || substr(${time}, 9) || '-7000-8000-' || ${hex(12, 'n')}`;
  const id = isSqlite ? text : `(${text})::uuid`;
  const values = [
    `'${key}'`,
    `'received'`,
    `'POST'`,
    `'/api/webhooks/${key}'`,
    `'{}'`,
    `'${PAYLOAD}'`,
    `'${JSON.stringify({ data: JSON.parse(PAYLOAD) as object })}'`,
    'CURRENT_TIMESTAMP',
  ];
  const columns = '"id", "key", "status", "method", "path", "headers", "body", "context", "receivedAt"';
  if (count > 0) {
    await stage.sql(
      `${numbers} INSERT INTO "webhookDeliveries" (${columns}) SELECT ${id}, ${values.join(', ')} FROM numbers`,
      isSqlite ? 'ANALYZE "webhookDeliveries"' : 'VACUUM ANALYZE "webhookDeliveries"',
    );
  }
}

async function look({ host }: Stage, id: string, what: string, action: string): Promise<Measurement> {
  const times: number[] = [];
  for (let n = 0; n < LOOKS; n++) {
    const begun = performance.now();
    const answer = await host.api.request(action);
    await answer.arrayBuffer();
    times.push(performance.now() - begun);
    if (!answer.ok) {
      throw new Error(`${action} answered ${answer.status}`);
    }
  }
  times.sort((a, b) => a - b);
  return { id, what, value: times[(LOOKS - 1) / 2] ?? 0, unit: 'ms', detail: `max ${times.at(-1)?.toFixed(0)} ms` };
}

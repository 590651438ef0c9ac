import { footprint } from '../../scripts/fuzz/footprint';
import { measured, throughput } from '../measure';
import { seededPath, seedWebhooks } from '../seed';
import type { Stage } from '../Stage';
import type { Measurement, Row } from '../types';
import { PAYLOAD, webhookUrl } from '../workflows';

const FEW = 10;

/** Empties the host, gives it so many webhooks and starts it; seconds that the start took. */
async function startWith(stage: Stage, count: number): Promise<number> {
  await stage.reset();
  await stage.host.kill();
  await seedWebhooks(stage, count);
  const begun = performance.now();
  await stage.host.start();
  return (performance.now() - begun) / 1_000;
}

const memory = ({ host }: Stage): string => `${footprint(host.pid ?? 0).megabytes} MB resident`;

export const MANY_WEBHOOKS: Row = {
  id: '13',
  title: '10 against 10,000 webhooks',
  async run(stage) {
    const measurements: Measurement[] = [];
    for (const count of [FEW, stage.effort.webhooks]) {
      const seconds = await startWith(stage, count);
      const resident = memory(stage);
      const call = {
        url: webhookUrl(stage, seededPath(count - (count % 2))),
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: PAYLOAD,
      };
      const id = count === FEW ? '13-few' : '13-many';
      const row = throughput(
        id,
        `one of ${count} webhooks called, no verification`,
        await measured(call, stage.effort),
      );
      measurements.push({ ...row, detail: `${row.detail ?? ''}; started in ${seconds.toFixed(1)} s, ${resident}` });
    }
    return measurements;
  },
};

export const START_UP: Row = {
  id: 'A',
  title: 'start-up and memory with 200 enabled webhooks',
  async run(stage) {
    const measurements: Measurement[] = [];
    for (const count of [0, 200]) {
      const seconds = await startWith(stage, count);
      measurements.push({
        id: `A-${count}`,
        what: `start of NocoBase with ${count} enabled webhooks`,
        value: seconds,
        unit: 's',
        detail: memory(stage),
      });
    }
    return measurements;
  },
};

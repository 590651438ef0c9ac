import { setTimeout as delay } from 'node:timers/promises';
import { footprint } from '../../scripts/fuzz/footprint';
import { closedLoop } from '../load/closedLoop';
import type { Stage } from '../Stage';
import type { Row } from '../types';
import { createWebhook, GITHUB } from '../workflows';

/** How long to wait for the deliveries to be run once all are stored; in milliseconds. */
const PATIENCE = 60_000;

const megabytes = ({ host }: Stage): number => footprint(host.pid ?? 0).megabytes;

export const MEMORY: Row = {
  id: '12',
  title: 'memory before, during and after many deliveries',
  async run(stage) {
    await stage.reset();
    const { remembered } = stage.effort;
    const { key, call } = await createWebhook(stage, { config: { ...GITHUB, concurrency: 8 } });
    const before = megabytes(stage);
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, megabytes(stage))), 250);
    await closedLoop(call, { requests: remembered });
    const open = `SELECT count(*) FROM "webhookDeliveries" WHERE "key" = '${key}' AND status IN ('received', 'started')`;
    const deadline = Date.now() + PATIENCE;
    let waiting = await stage.count(open);
    while (waiting > 0 && Date.now() < deadline) {
      await delay(1_000);
      waiting = await stage.count(open);
    }
    clearInterval(watch);
    const after = megabytes(stage);
    const left = waiting > 0 ? `; ${waiting} of them still wait to be run` : '';
    return [
      { id: '12-before', what: 'memory before', value: before, unit: 'MB' },
      { id: '12-during', what: `memory at most, during ${remembered} deliveries`, value: peak, unit: 'MB' },
      { id: '12-after', what: 'memory after', value: after, unit: 'MB', detail: `resident, NocoBase included${left}` },
    ];
  },
};

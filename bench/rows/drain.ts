import { setTimeout as delay } from 'node:timers/promises';
import { closedLoop } from '../load/closedLoop';
import type { Stage } from '../Stage';
import type { Measurement, Row } from '../types';
import { createOwn, createWebhook, type Webhook } from '../workflows';

/** After so long a drain is given up, and says what it has done; in milliseconds. */
const PATIENCE = 120_000;

/** An execution that has come to its end well. */
const RESOLVED = 1;

/** From the first request to the last finished execution. */
async function drain(stage: Stage, { key, call }: Webhook): Promise<{ perSecond: number; detail: string }> {
  const { drained } = stage.effort;
  const begun = performance.now();
  const load = closedLoop(call, { requests: drained });
  let finished = 0;
  let elapsed = 0;
  while (finished < drained && elapsed < PATIENCE) {
    await delay(100);
    finished = await stage.count(`SELECT count(*) FROM executions WHERE "key" = '${key}' AND status = ${RESOLVED}`);
    elapsed = performance.now() - begun;
  }
  const answers = await load;
  const missing = finished < drained ? `, ${finished} of ${drained} finished when given up` : '';
  const others = answers.others > 0 ? `, ${answers.others} not accepted` : '';
  return {
    perSecond: finished / (elapsed / 1_000),
    detail: `${(elapsed / 1_000).toFixed(1)} s${others}${missing}`,
  };
}

function drainRow(id: string, what: string, make: (stage: Stage) => Promise<Webhook>) {
  return async (stage: Stage): Promise<Measurement> => {
    await stage.reset();
    const { perSecond, detail } = await drain(stage, await make(stage));
    return { id, what: `drain, ${what}`, value: perSecond, unit: '/s', detail };
  };
}

const ours = (concurrency: number, nodes: number) => (stage: Stage) =>
  createWebhook(stage, { config: { concurrency }, nodes });

const PARTS = [0, 2].flatMap((nodes) => {
  const kind = nodes === 0 ? 'no node' : `${nodes} calculation nodes`;
  return [
    drainRow(`9-own-${nodes}`, `NocoBase's own, ${kind}`, (stage) => createOwn(stage, { nodes })),
    drainRow(`9-1-${nodes}`, `ours, concurrency 1, ${kind}`, ours(1, nodes)),
    drainRow(`9-4-${nodes}`, `ours, concurrency 4, ${kind}`, ours(4, nodes)),
  ];
});

export const DRAIN: Row = {
  id: '9',
  title: 'drain: from the first request to the last finished execution',
  async run(stage) {
    const measurements: Measurement[] = [];
    for (const part of PARTS) {
      measurements.push(await part(stage));
    }
    return measurements;
  },
};

import { closedLoop } from '../load/closedLoop';
import { openLoop } from '../load/openLoop';
import type { Measurement, Row } from '../types';
import { createWebhook, GITHUB } from '../workflows';

/** Calls a second. */
const RATES = [500, 1_000];

export const LATENCY: Row = {
  id: '10',
  title: 'latency at a fixed offered rate',
  async run(stage) {
    const { warmUp, openSeconds } = stage.effort;
    const measurements: Measurement[] = [];
    for (const rate of RATES) {
      await stage.reset();
      const { call } = await createWebhook(stage, { config: GITHUB });
      await closedLoop(call, { seconds: warmUp }, 4);
      const { p50, p99, max, sent, failed } = await openLoop(call, rate, openSeconds);
      const ms = (value: number) => `${value.toFixed(1)} ms`;
      measurements.push({
        id: `10-${rate}`,
        what: `latency at ${rate}/s offered, HMAC, p99`,
        value: p99,
        unit: 'ms',
        detail: `p50 ${ms(p50)}, max ${ms(max)}, ${sent} sent, ${failed} not accepted`,
      });
    }
    return measurements;
  },
};

import { closedLoop, type Call } from '../load/closedLoop';
import { processTime } from '../load/processTime';
import type { Stage } from '../Stage';
import type { Measurement, Row } from '../types';
import { createWebhook, GITHUB } from '../workflows';

/** How often each mount is measured, by turns. */
const PAIRS = 5;

/** Named so, the main app is reached through its own chain. */
const THROUGH_APP = { 'x-app': 'main' };

interface Turn {
  /** Accepted calls a second. */
  rate: number;
  /** Microseconds of NocoBase's processor time for a call. */
  cost: number;
}

/**
 * The two mounts by turns on one NocoBase, nothing run meanwhile, so that what the machine does besides falls on both. The
 * median of pairs counts.
 */
export const MOUNTS: Row = {
  id: 'M',
  title: 'the mount in the gateway against the one in the app',
  async run(stage) {
    await stage.reset();
    const { key, call } = await createWebhook(stage, { config: GITHUB });
    await stage.host.api.action('webhookEndpoints:pause', {}, { filterByTk: key });
    const throughApp = { ...call, headers: { ...call.headers, ...THROUGH_APP } };
    for (const each of [throughApp, call]) {
      await closedLoop(each, { seconds: stage.effort.warmUp });
    }
    const [app, gateway]: [Turn[], Turn[]] = [[], []];
    for (let pair = 0; pair < PAIRS; pair++) {
      app.push(await turn(stage, throughApp));
      gateway.push(await turn(stage, call));
    }
    const ratio = (of: (turn: Turn) => number) => median(gateway.map((each, pair) => of(each) / of(app[pair] ?? each)));
    return [
      ...figures('app', "through the app's chain", app),
      ...figures('gateway', 'in the gateway', gateway),
      { id: 'M-cpu', what: 'processor time in the gateway, of that through the app', value: ratio(costOf), unit: '' },
      { id: 'M-rate', what: 'calls in the gateway, of those through the app', value: ratio(rateOf), unit: '' },
    ];
  },
};

const costOf = ({ cost }: Turn) => cost;
const rateOf = ({ rate }: Turn) => rate;

async function turn({ host, effort }: Stage, call: Call): Promise<Turn> {
  const pid = host.pid ?? 0;
  const before = processTime(pid);
  const { accepted, seconds } = await closedLoop(call, { seconds: effort.seconds });
  return { rate: accepted, cost: (processTime(pid) - before) / (accepted * seconds) };
}

function figures(id: string, where: string, turns: readonly Turn[]): Measurement[] {
  const list = (of: (each: Turn) => number) => turns.map((each) => of(each).toFixed(0)).join(', ');
  return [
    {
      id: `M-${id}`,
      what: `HMAC, paused, ${where}`,
      value: median(turns.map(rateOf)),
      unit: '/s',
      detail: list(rateOf),
    },
    {
      id: `M-${id}-cpu`,
      what: `the same, processor time of NocoBase for a call`,
      value: median(turns.map(costOf)),
      unit: 'µs',
      detail: list(costOf),
    },
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

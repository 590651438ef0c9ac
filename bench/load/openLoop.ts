import { Agent, request } from 'node:http';
import type { Call } from './closedLoop';

/** Connections at most; a server that falls behind makes calls wait for one, which counts as latency. */
const MAX_SOCKETS = 512;

/** How often it is looked at what is due, in milliseconds. */
const TICK_MS = 2;

export interface Latencies {
  /** Milliseconds from the moment a call was due to the end of its answer. */
  p50: number;
  p99: number;
  max: number;
  sent: number;
  /** Calls not answered with a 2xx. */
  failed: number;
}

/**
 * Calls at a fixed rate, whether the answers come or not. A call's time counts from when it was due, so that
 * a server that stalls is charged with all who would have called meanwhile ("coordinated omission").
 * @param rate calls a second
 */
export async function openLoop(call: Call, rate: number, seconds: number): Promise<Latencies> {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const total = rate * seconds;
  const latencies: number[] = [];
  let failed = 0;
  const pending: Promise<void>[] = [];
  const begun = performance.now();
  while (pending.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1_000) * rate) + 1);
    while (pending.length < due) {
      const dueAt = begun + (pending.length / rate) * 1_000;
      pending.push(
        send(call, agent).then((ok) => {
          latencies.push(performance.now() - dueAt);
          failed += ok ? 0 : 1;
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(pending);
  agent.destroy();
  return { ...percentiles(latencies), sent: total, failed };
}

/** By the nearest-rank method; `values` in any order, and at least one. */
export function percentiles(values: readonly number[]): Pick<Latencies, 'p50' | 'p99' | 'max'> {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Whether it was answered with a 2xx. */
function send({ url, method, headers, body }: Call, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request(url, { method, headers, agent, timeout: 30_000 }, (response) => {
      response.resume();
      response.on('error', () => resolve(false));
      response.on('end', () => resolve(Math.floor((response.statusCode ?? 0) / 100) === 2));
    });
    call.on('timeout', () => call.destroy(new Error('timed out')));
    call.on('error', () => resolve(false));
    call.end(body);
  });
}

import { closedLoop, type Answers, type Call } from './load/closedLoop';
import type { Effort } from './Effort';
import type { Measurement } from './types';

/** Calls for a while without counting, then counts. */
export async function measured(call: Call, effort: Effort, connections?: number): Promise<Answers> {
  await closedLoop(call, { seconds: effort.warmUp }, connections);
  return closedLoop(call, { seconds: effort.seconds }, connections);
}

/** Accepted calls a second, with the latency that the callers saw. */
export function throughput(id: string, what: string, answers: Answers): Measurement {
  const others = answers.others > 0 ? `, ${answers.others} not accepted` : '';
  return {
    id,
    what,
    value: answers.accepted,
    unit: '/s',
    detail: `p50 ${answers.p50} ms, p99 ${answers.p99} ms${others}`,
  };
}

import { closedLoop, type Call } from '../load/closedLoop';
import type { Row } from '../types';
import { createWebhook, PAYLOAD, webhookUrl } from '../workflows';

export const REFUSALS: Row = {
  id: 'B',
  title: 'refused before the body is read',
  async run(stage) {
    await stage.reset();
    const { call } = await createWebhook(stage, { config: { ipAllowlist: ['192.0.2.0/24'] } });
    const headers = { 'content-type': 'application/json' };
    const calls: [string, string, Call][] = [
      [
        'B-404',
        'refused: no such webhook',
        { url: webhookUrl(stage, 'nowhere'), method: 'POST', headers, body: PAYLOAD },
      ],
      ['B-405', 'refused: method', { ...call, method: 'PUT' }],
      ['B-403', 'refused: source address', call],
    ];
    const measurements = [];
    for (const [id, what, refused] of calls) {
      await closedLoop(refused, { seconds: stage.effort.warmUp });
      const { answered, p50, p99 } = await closedLoop(refused, { seconds: stage.effort.seconds });
      measurements.push({ id, what, value: answered, unit: '/s', detail: `p50 ${p50} ms, p99 ${p99} ms` });
    }
    return measurements;
  },
};

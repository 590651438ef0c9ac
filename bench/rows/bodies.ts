import { measured, throughput } from '../measure';
import type { Measurement, Row } from '../types';
import { createWebhook, GITHUB } from '../workflows';

const KB = 1_024;

/** Fewer callers with bigger bodies, so that what is measured is the work and not the bound on bytes in flight. */
const SIZES = [
  { name: '1 KB', bytes: KB, connections: 32 },
  { name: '100 KB', bytes: 100 * KB, connections: 16 },
  { name: '1 MB', bytes: KB * KB, connections: 4 },
];

export const BODIES: Row = {
  id: '11',
  title: 'bodies of 1 KB, 100 KB, 1 MB',
  async run(stage) {
    const measurements: Measurement[] = [];
    for (const { name, bytes, connections } of SIZES) {
      await stage.reset();
      const { call } = await createWebhook(stage, {
        config: { ...GITHUB, body: { maxSize: '2mb' } },
        body: jsonOf(bytes),
      });
      const answers = await measured(call, stage.effort, connections);
      const row = throughput(`11-${bytes}`, `body of ${name}, HMAC, ${connections} callers`, answers);
      const megabytes = (answers.accepted * bytes) / (KB * KB);
      measurements.push({ ...row, detail: `${megabytes.toFixed(1)} MB/s, ${row.detail ?? ''}` });
    }
    return measurements;
  },
};

/** JSON of exactly so many bytes: a list of small records, as big bodies are. */
export function jsonOf(bytes: number): string {
  const record = JSON.stringify({ id: 1296269, name: 'octocat/hello-world', tags: ['a', 'b'], open: true });
  const list = new Array<string>(Math.max(0, Math.floor((bytes - 64) / (record.length + 1)))).fill(record);
  const text = JSON.stringify({ number: 1, fill: '', list: [] }).replace('[]', `[${list.join(',')}]`);
  return text.replace('"fill":""', `"fill":"${'x'.repeat(bytes - text.length)}"`);
}

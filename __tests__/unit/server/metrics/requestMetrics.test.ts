import { requestMetrics, type Meter } from '../../../../src/server/metrics/RequestMetrics';

interface Recorded {
  name: string;
  value: number;
  attributes: object;
}

function fakeMeter(): { meter: Meter; recorded: Recorded[] } {
  const recorded: Recorded[] = [];
  const instrument = (name: string) => {
    const note = (value: number, attributes: object) => recorded.push({ name, value, attributes });
    return { add: note, record: note };
  };
  return { meter: { createCounter: instrument, createHistogram: instrument } as unknown as Meter, recorded };
}

test('each outcome is counted, refusals by their code, and timed', () => {
  const { meter, recorded } = fakeMeter();
  const metrics = requestMetrics(meter);
  metrics.observe({ kind: 'accepted' }, 3);
  metrics.observe({ kind: 'rejected', code: 'UNVERIFIED' }, 1);
  metrics.observe({ kind: 'duplicate' }, 2);
  metrics.observe({ kind: 'ignored' }, 4);
  expect(recorded).toEqual([
    { name: 'webhook.accepted', value: 1, attributes: {} },
    { name: 'webhook.duration', value: 3, attributes: { outcome: 'accepted' } },
    { name: 'webhook.rejected', value: 1, attributes: { code: 'UNVERIFIED' } },
    { name: 'webhook.duration', value: 1, attributes: { outcome: 'rejected' } },
    { name: 'webhook.duplicates', value: 1, attributes: {} },
    { name: 'webhook.duration', value: 2, attributes: { outcome: 'duplicate' } },
    { name: 'webhook.ignored', value: 1, attributes: {} },
    { name: 'webhook.duration', value: 4, attributes: { outcome: 'ignored' } },
  ]);
});

test('nothing happens where telemetry is off', () => {
  expect(() => requestMetrics(null as unknown as Meter).observe({ kind: 'accepted' }, 1)).not.toThrow();
});

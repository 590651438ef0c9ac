import { boundedReport } from '../../../src/server/report';

it('writes a bounded number of lines in a while, and tells how many were left out', () => {
  let now = 0;
  const lines: [string, Record<string, unknown>][] = [];
  const report = boundedReport({ warn: (message, meta) => lines.push([message, meta]) }, () => now);
  const event = { path: 'orders', code: 'UNVERIFIED', reason: 'no signature' };
  for (let call = 0; call < 1_000; call++) {
    report(event);
  }
  expect(lines).toHaveLength(20);
  expect(lines[0]).toEqual(['webhook: UNVERIFIED', event]);
  now += 10_000;
  report(event);
  report(event);
  expect(lines.slice(20)).toEqual([
    ['webhook: UNVERIFIED', { ...event, omitted: 980 }],
    ['webhook: UNVERIFIED', event],
  ]);
});

import { percentiles } from '../../../bench/load/openLoop';
import { readOptions } from '../../../bench/options';
import { ratiosOf } from '../../../bench/ratios';
import { emptyResults, toMarkdown } from '../../../bench/report';
import { jsonOf } from '../../../bench/rows/bodies';
import { PAYLOAD } from '../../../bench/workflows';

const row = (id: string, value: number) => ({ id, what: `row ${id}`, value, unit: '/s' });

describe('the options', () => {
  const rows = [{ id: '4', title: '', run: async () => [] }];

  it('choose rows, databases and effort', () => {
    expect(readOptions(['--quick', '--only', '4', '--db', 'sqlite', '--deliveries', '7'], rows)).toMatchObject({
      quick: true,
      only: ['4'],
      dialects: ['sqlite'],
      effort: { remembered: 7 },
    });
    expect(readOptions([], rows)).toMatchObject({ only: [], dialects: ['postgres', 'sqlite'] });
  });

  it.each([[['--only', '99']], [['--db', 'oracle']], [['--deliveries', 'many']], [['--fast']]])('refuse %j', (args) =>
    expect(() => readOptions(args, rows)).toThrow(),
  );
});

describe('the ratios', () => {
  it('are made of what was measured, and held to their targets', () => {
    const [floor, ceiling] = ratiosOf([row('4', 90), row('2', 100), row('C-ours', 1.4), row('C-bare', 1)]);
    expect(floor).toMatchObject({ value: 0.9, target: 0.85, met: true });
    expect(ceiling).toMatchObject({ value: 1.4, target: 1.3, met: false });
  });

  it('are left out where a figure is missing', () => {
    expect(ratiosOf([row('4', 90)])).toEqual([]);
  });
});

test('percentiles are taken by nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentiles(values)).toEqual({ p50: 50, p99: 99, max: 100 });
  expect(percentiles([7])).toEqual({ p50: 7, p99: 7, max: 7 });
});

test('the table holds the figures, and says when they mean nothing', () => {
  const results = emptyResults(true);
  results.measurements.postgres = [row('4', 3_210), row('2', 4_000)];
  const table = toMarkdown(results);
  expect(table).toContain('| 4 | row 4 | 3,210 /s |  |');
  expect(table).toContain('| 0.80 | at least 0.85 | **missed** |');
  expect(table).toContain('A quick run');
});

test('the bodies have the sizes that their rows name, and are JSON', () => {
  expect(Buffer.byteLength(PAYLOAD)).toBe(230);
  for (const bytes of [1_024, 100 * 1_024, 1_024 * 1_024]) {
    const body = jsonOf(bytes);
    expect(Buffer.byteLength(body)).toBe(bytes);
    expect(JSON.parse(body)).toMatchObject({ number: 1 });
  }
});

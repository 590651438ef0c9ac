import { readFileSync } from 'node:fs';
import { ERROR_CATALOGUE } from '../../../src/common/errors';

const ROW = /^\| `(\w+)` \| (\d{3}) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm;

const rows = [...readFileSync('docs/errors.md', 'utf8').matchAll(ROW)].map(([, code, status, message, ...columns]) => ({
  code,
  status: Number(status),
  message: message?.trim(),
  columns: columns.slice(0, 3).map((text) => String(text).trim()),
}));

it('documents every code once, as it is', () => {
  const documented = rows.map(({ code, status, message }) => ({ code, status, message }));
  const known = Object.entries(ERROR_CATALOGUE).map(([code, { status, message }]) => ({ code, status, message }));
  const byCode = (one: { code?: string }, other: { code?: string }) =>
    String(one.code).localeCompare(String(other.code));
  expect(documented.sort(byCode)).toEqual(known.sort(byCode));
});

it.each(rows.map(({ code, columns }) => [code, columns] as const))(
  'says of %s when it happens and what to do',
  (_code, columns) => {
    expect(columns).toHaveLength(3);
    for (const text of columns) {
      expect(text).not.toBe('');
    }
  },
);

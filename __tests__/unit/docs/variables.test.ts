import { readFileSync } from 'node:fs';
import { Aliases } from '../../../src/common/aliases';
import type { VariableGroup } from '../../../src/common/config';
import { parseDataPath } from '../../../src/common/dataPath';
import { parseSources } from '../../../src/common/requestSource';
import { templateCanName } from '../../../src/common/templateNames';
import { validateConfig } from '../../../src/common/validateConfig';

const DOC = readFileSync('docs/variables.md', 'utf8');

/** What stands in code marks from one text to another. */
function marked(from: string, to: string): string[] {
  const start = DOC.indexOf(from);
  return [...DOC.slice(start, DOC.indexOf(to, start)).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

it('names what templates can not hold, and is right', () => {
  const names = marked('Any other name', 'NocoBase leaves');
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => templateCanName([name]))).toEqual([]);
  expect(marked('it is no name that every object', ';').filter((name) => templateCanName([name]))).toEqual([]);
  const columns = marked('it is no name that every list', '.\n').filter((name) =>
    templateCanName(['list', name], () => true),
  );
  expect(columns).toEqual([]);
});

it('shows rows that can be saved', () => {
  const rows = [...DOC.matchAll(/^\| [^|]+ \| `(.+?)` \| `(\w+)` \| `\{\{\$context\.vars\.(\w+)\}\}/gm)];
  expect(rows).toHaveLength(4);
  for (const [, path = '', alias, used] of rows) {
    const group: VariableGroup = path.startsWith('X') ? 'headers' : 'data';
    expect(validateConfig({ variables: { [group]: [{ path, alias }] } })).toEqual([]);
    expect(validateConfig({ variables: { [group]: [{ path }] } })).toHaveLength(1);
    expect(used).toBe(alias);
  }
});

it('shows paths, sources and an alias as they are read', () => {
  const paths = marked('with the escapes of JSON:', "A header's").slice(0, 6);
  expect(paths.map((path) => parseDataPath(path))).toEqual([
    ['fields', 'System.State'],
    ['data.id'],
    ['a', 'say "hi"', 'b'],
    ['订单'],
    ["it's"],
    ['a[0]'],
  ]);
  const sources = marked('| *Start once*', '| JSON Schema').filter((code) => /:./.test(code) && !code.endsWith('…'));
  expect(sources).toHaveLength(5);
  expect(sources.filter((source) => parseSources(source) === null)).toEqual([]);
  expect(DOC).toContain(`\`订单\` is \`${new Aliases().make(['订单'])}\``);
});

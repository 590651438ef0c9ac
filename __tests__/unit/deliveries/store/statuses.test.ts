import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DELIVERY_STATUSES, FAILED_STATUSES, OPEN_STATUSES } from '../../../../src/common/deliveries';

const ROOT = join(__dirname, '../../../..');
const STORE = join(ROOT, 'src/server/deliveries/store');
const TRANSITIONS = readFileSync(join(STORE, 'TransitionStore.ts'), 'utf8');

/** A delivery that starts nothing is stored with one of these, and never gets another. */
const STARTED_NOTHING = ['rejected', 'ignored', 'duplicate'];

/** The words of a text that are statuses. */
const statusesIn = (text: string) => new Set(DELIVERY_STATUSES.filter((status) => text.split(/\W+/).includes(status)));

/** The names in the first column of a table of the docs. */
function documented(): string[] {
  const docs = readFileSync(join(ROOT, 'docs/deliveries.md'), 'utf8');
  const [, table = ''] = /## Statuses\n\n((?:\|.*\n)+)/.exec(docs) ?? [];
  const rows = table.split('\n').slice(2, -1);
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
}

/** What statements compare a status with, or set it to, by file. */
function inStatements(): [string, string][] {
  return readdirSync(STORE).flatMap((name) => {
    const source = readFileSync(join(STORE, name), 'utf8');
    const lists = source.matchAll(/status(?:'\))?\} (?:=|<>|(?:NOT )?IN) (\('[^)]*\)|'\w*')/g);
    return [...lists].flatMap(([, list = '']) =>
      [...list.matchAll(/'(\w+)'/g)].map(([, word = '']) => [name, word]),
    ) as [string, string][];
  });
}

describe('the statuses of deliveries', () => {
  test('are those that the docs tell of', () => {
    expect(documented().sort()).toEqual([...DELIVERY_STATUSES].sort());
  });

  test('are those in the diagram of their transitions, and those of what starts nothing', () => {
    const [, diagram = ''] = /```\n([\s\S]*?)```/.exec(TRANSITIONS) ?? [];
    expect([...statusesIn(diagram), ...STARTED_NOTHING].sort()).toEqual([...DELIVERY_STATUSES].sort());
  });

  test('are what statements name', () => {
    const named = inStatements();
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(([, word]) => !(DELIVERY_STATUSES as readonly string[]).includes(word))).toEqual([]);
  });

  test('of transitions: each method in the diagram is there', () => {
    const [, diagram = ''] = /```\n([\s\S]*?)```/.exec(TRANSITIONS) ?? [];
    const words = diagram.match(/[a-z][A-Za-z]+/g) ?? [];
    const methods = words.filter(
      (word) => !(DELIVERY_STATUSES as readonly string[]).includes(word) && !/^(in|both)$/.test(word),
    );
    expect(methods.length).toBeGreaterThan(8);
    expect(methods.filter((name) => !new RegExp(`^  (?:async )?${name}\\(`, 'm').test(TRANSITIONS))).toEqual([]);
  });

  test('fit their column, and are open, failed, or neither', () => {
    expect(DELIVERY_STATUSES.filter((status) => status.length > 16)).toEqual([]);
    const neither = DELIVERY_STATUSES.filter(
      (status) => !OPEN_STATUSES.includes(status) && !FAILED_STATUSES.includes(status),
    );
    expect(neither).toEqual(['succeeded', ...STARTED_NOTHING]);
  });
});

import { readFileSync } from 'node:fs';
import { CONTENT_TYPES } from '../../../src/common/contentTypes';
import { dataOf } from '../server/parsers/support';

const DOC = readFileSync('docs/formats.md', 'utf8');

/** The fenced blocks of one section, in order. */
function blocks(heading: string): string[] {
  const section = DOC.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, block = '']) => block.trim());
}

it('lists the content types that are read, and no others', () => {
  const table = DOC.slice(DOC.indexOf('| Content type |'), DOC.indexOf('An empty body'));
  const listed = [...table.matchAll(/`(\w+\/[\w.+-]+)`/g)].map(([, type]) => type);
  expect(listed.sort()).toEqual(CONTENT_TYPES.flatMap(({ types }) => types).sort());
  for (const { suffix, prefix } of CONTENT_TYPES) {
    expect(table).toContain(suffix ? `…${suffix}` : prefix ? `${prefix}…` : '');
  }
});

it('shows what becomes of XML', () => {
  const [sent = '', becomes = ''] = blocks('XML');
  expect(dataOf(sent, 'application/xml')).toEqual(JSON.parse(becomes));
});

it.each([
  ['NDJSON', 'application/x-ndjson', [{ id: 1 }, { id: 2 }]],
  ['Form', 'application/x-www-form-urlencoded', { customer: { name: 'Ann', tags: ['new', 'eu'] }, total: '10' }],
])('shows what becomes of %s', (heading, type, data) => {
  expect(dataOf(blocks(heading)[0] ?? '', type)).toEqual(data);
  expect(DOC.replace(/\s+/g, '').replace(/[{}[\]"]/g, '')).toContain(JSON.stringify(data).replace(/[{}[\]"]/g, ''));
});

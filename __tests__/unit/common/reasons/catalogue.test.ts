import { readFileSync } from 'node:fs';
import { REASONS } from '../../../../src/common/reasons/catalogue';
import { describeStored, inEnglish } from '../../../../src/common/reasons/describe';
import type { ReasonEntry } from '../../../../src/common/reasons/entry';
import { because } from '../../../../src/common/reasons/reason';
import { REASON_TOPICS, type ReasonTopic } from '../../../../src/common/reasons/topics';

const ENTRIES = Object.entries<ReasonEntry>(REASONS);
const TOPICS: Readonly<Record<string, ReasonTopic>> = REASON_TOPICS;
const LOCALES = ['en-US', 'nl-NL', 'zh-CN'].map(
  (name) => [name, JSON.parse(readFileSync(`src/locale/${name}.json`, 'utf8')) as Record<string, string>] as const,
);
const PLACES = [...readFileSync('src/client-v2/panel/sections.tsx', 'utf8').matchAll(/key: '(\w+)'/g)].map(
  ([, key]) => key,
);

/** Headings of a file of the docs as GitHub makes anchors of them, with what stands below. */
function sectionsOf(file: string): Map<string, string> {
  const [, ...sections] = readFileSync(`docs/${file}`, 'utf8').split(/^#+ /m);
  return new Map(
    sections.map((section) => {
      const [title = ''] = section.split('\n', 1);
      const anchor = title.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '');
      return [anchor.replaceAll(' ', '-'), section];
    }),
  );
}

const DOCS = sectionsOf('reasons.md');

describe.each(ENTRIES)('%s', (code, { topic, text, values = {}, details = {} }) => {
  const { opens, action, docs } = TOPICS[topic]!;

  it('has a text in every language, and so has its button', () => {
    for (const [, texts] of LOCALES) {
      for (const each of [text, action, ...Object.values(details)]) {
        expect({ each, told: texts[each] }).toEqual({ each, told: expect.stringMatching(/./) });
      }
    }
  });

  it('names its values, and nothing else', () => {
    const named = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    const known = [...Object.keys(values), ...(Object.keys(details).length > 0 ? ['detail'] : [])].sort();
    expect(named).toEqual(known);
  });

  it('leads to a setting that there is, and is in the docs under its anchor', () => {
    expect(typeof opens === 'string' || PLACES.includes(opens.panel)).toBe(true);
    const [file, anchor = ''] = docs.split('#');
    expect(file).toBe('reasons.md');
    expect(DOCS.get(anchor)).toContain(`| \`${code}\` | ${text}`);
    for (const [name, detail] of Object.entries(details)) {
      expect(DOCS.get(anchor)).toContain(`\`${name}\`: ${detail}`);
    }
  });

  it('fits its column', () => expect(code).toMatch(/^[A-Z][A-Z_]{2,47}$/));
});

it('tells places of a request in words, numbers and details', () => {
  expect(inEnglish(because('VALUE_MISSING', { place: 'header:x-sig' }))).toBe('The header "x-sig" is missing.');
  const places = ['header:a', 'query:b', 'json:c.d'];
  expect(inEnglish(because('SIGNATURES_TOO_MANY', { places, max: 3 }))).toBe(
    'The header "a" or The query parameter "b" or The field of the JSON body "c.d" holds more than 3 values.',
  );
  expect(inEnglish(because('TIMESTAMP_OUT_OF_TOLERANCE', { seconds: 412, tolerance: 300, detail: 'ago' }))).toBe(
    'The signed time is 412 s ago; 300 s are allowed.',
  );
});

it('bounds what was sent', () => {
  const { values } = because('EVENT_NOT_CHOSEN', { event: 'x'.repeat(10_000) });
  expect(JSON.stringify(values).length).toBeLessThan(330);
  const missing = Array.from({ length: 1_000 }, () => 'x'.repeat(1_000));
  expect(JSON.stringify(because('SIGNATURE_LEAVES_OUT', { missing })).length).toBeLessThan(6_200);
});

it.each([
  ['an erased one', 'EVENT_NOT_CHOSEN', null, 'The event "…" is not chosen.'],
  ['one that this version does not know', 'OF_TOMORROW', { a: 1 }, 'OF_TOMORROW'],
  ['a detail that this version does not know', 'BODY_CHANGED', { detail: 'toString' }, /way: …$/],
  ['values of another kind', 'VALUE_MISSING', { place: { a: 1 } }, '… is missing.'],
  ['none', null, null, ''],
])('tells %s', (_what, reasonCode, reasonValues, expected) => {
  const english = (text: string, values: Record<string, string>) =>
    text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  expect(describeStored({ reasonCode, reasonValues }, english)).toEqual(
    typeof expected === 'string' ? expected : expect.stringMatching(expected),
  );
});

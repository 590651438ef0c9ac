import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE } from '../../../src/common/errors';
import { PROVIDERS } from '../../../src/common/providers';
import { TIME_UNITS } from '../../../src/common/timeUnits';
import { callTexts, sourceFiles } from './sources';

const FOLDER = 'src/locale';
const LOCALES = readdirSync(FOLDER).map((file) => ({
  name: file.replace(/\.json$/, ''),
  texts: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, string>,
}));

/** Every text that a user can see, wherever it is written. */
const USED = new Set([
  ...callTexts([...sourceFiles('src/client-v2'), ...sourceFiles('src/client')], { t: 0, tExpr: 0, text: 0 }),
  ...callTexts([...sourceFiles('src/common'), ...sourceFiles('src/server')], { issue: 1, problem: 0, issueText: 0 }),
  ...Object.values(ERROR_CATALOGUE).map(({ message }) => message),
  ...Object.values(TIME_UNITS).map(({ label }) => label),
  ...PROVIDERS.flatMap(({ secretLabel, setup, options = [] }) => [
    secretLabel,
    ...setup,
    ...options.flatMap(({ label, help }) => (help ? [label, help] : [label])),
  ]),
]);

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test('there is English, Chinese and Dutch', () => {
  expect(LOCALES.map(({ name }) => name)).toEqual(expect.arrayContaining(['en-US', 'nl-NL', 'zh-CN']));
});

describe.each(LOCALES)('$name', ({ name, texts }) => {
  test('holds every text that is used', () => {
    expect([...USED].filter((key) => !(key in texts))).toEqual([]);
  });

  test('holds no text that is not', () => {
    expect(Object.keys(texts).filter((key) => !USED.has(key))).toEqual([]);
  });

  test('translates every text, with the same values filled in', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect({ key, text: text.trim() }).not.toEqual({ key, text: '' });
      expect({ key, values: placeholders(text) }).toEqual({ key, values: placeholders(key) });
    }
  });

  test('is sorted, so that two changes at a time meet in few places', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(texts).sort());
  });

  test(name === 'en-US' ? 'says what its keys say' : 'is not English left as it was', () => {
    const same = Object.entries(texts).filter(([key, text]) => key === text);
    const expected = name === 'en-US' ? Object.keys(texts).length : Object.keys(texts).length * 0.15;
    expect(name === 'en-US' ? same.length === expected : same.length < expected).toBe(true);
  });
});

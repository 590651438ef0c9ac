import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS } from '../../src/common/providers';
import { write } from './catalogue';

const LOCALES = join(__dirname, '..', '..', 'src', 'locale');

/**
 * Puts the texts of all rows that are not in the locale files yet into them, and sorts these. English is its own key; in
 * the others the text is left empty, which a test finds until it is translated. Answers with what is to be translated.
 */
export async function addTexts(): Promise<string[]> {
  const used = PROVIDERS.flatMap(({ secretLabel, setup, options = [] }) => [
    secretLabel,
    ...setup,
    ...options.flatMap(({ label, help }) => (help ? [label, help] : [label])),
  ]);
  const untranslated = new Set<string>();
  for (const name of ['en-US', 'nl-NL', 'zh-CN']) {
    const path = join(LOCALES, `${name}.json`);
    const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    for (const text of used) {
      texts[text] ??= name === 'en-US' ? text : '';
      if (texts[text] === '') {
        untranslated.add(text);
      }
    }
    await write(path, JSON.stringify(Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)))));
  }
  return [...untranslated];
}

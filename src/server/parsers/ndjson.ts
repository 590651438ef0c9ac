import { WebhookError } from '../../common/errors';
import { checkComplexity } from '../boundedJson';
import { decodeText } from './charset';
import { checkFoldedNames } from './foldedNames';
import { malformedJson } from './json';
import { numbersAsWanted } from './jsonText';
import type { Parser } from './types';

/** Lines in any body, and one more for so many characters. */
const LINES = { base: 20_000, characters: 16 };

/** Newline-delimited JSON: a list with one item a line; blank lines are passed over. */
export const ndjson: Parser = (body, { charset }, rules) => {
  const text = decodeText(body, charset);
  const most = LINES.base + text.length / LINES.characters;
  if (text.split('\n', most + 1).length > most) {
    throw new WebhookError('BODY_MALFORMED', { reason: 'there are too many lines for its length' });
  }
  let number = 0;
  try {
    checkComplexity(text);
    checkFoldedNames(text);
    const items: unknown[] = [];
    for (const line of numbersAsWanted(text, rules).split('\n')) {
      number += 1;
      if (line.trim() !== '') {
        items.push(JSON.parse(line));
      }
    }
    return { data: items };
  } catch (error) {
    throw malformedJson(error, `line ${number} is not valid JSON`);
  }
};

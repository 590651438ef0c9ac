import type { Source } from '../../common/presets';
import type { Sources } from '../verifiers/Sources';

/**
 * The credentials that a request carries where its webhook looks for them, in the forms in which they may stand
 * elsewhere in it: with the word before it and without, of HTTP Basic what is encoded too. What is in the body is read
 * only where the sender is verified.
 */
export function credentialsIn(places: readonly Source[], sources: Sources, isVerified: boolean): string[] {
  const readable = places.filter((place) => isVerified || !isInBody(place));
  const sent = readable.flatMap((place) => sources.all(place)).filter((value) => value !== null);
  // Where there are more, none is what the webhook asks for: the first ones are as good as any.
  return [...new Set([...new Set(sent)].slice(0, MAX_SENT).flatMap(formsOf))];
}

/** Whether one reads the body to see what stands there. */
export function isInBody(place: Source): boolean {
  return /^(json|xml|form|form-json):/.test(place);
}

/** Values looked for of one request: each of them is, in all that is kept of it. */
export const MAX_SENT = 8;

/** A credential as it was sent, and as it may stand elsewhere. */
export function formsOf(sent: string): string[] {
  const [word, rest] = splitAtSpaces(sent);
  const basic = word.toLowerCase() === 'basic' ? Buffer.from(rest, 'base64').toString('utf8') : '';
  const password = basic.slice(basic.indexOf(':') + 1);
  // Node reads a header's bytes one by one as characters.
  return [sent, rest, basic, password].flatMap((text) => [text, Buffer.from(text, 'latin1').toString('utf8')]);
}

/** The word before the first space, and what stands behind the spaces; a pattern would try each space anew. */
function splitAtSpaces(text: string): [word: string, rest: string] {
  const end = text.indexOf(' ');
  let start = end;
  while (text[start] === ' ') {
    start += 1;
  }
  return end < 1 || start === text.length ? ['', ''] : [text.slice(0, end), text.slice(start)];
}

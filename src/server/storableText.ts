import { withoutNuls } from './units';

declare const STORABLE: unique symbol;

/**
 * Text that every database takes: without NUL (PostgreSQL refuses it) and without halves of a surrogate pair (not
 * Unicode text). Only the functions of this file make one, and statements are given no other text.
 */
export type StorableText = string & { readonly [STORABLE]: true };

/** A text up to this length is looked at unit by unit: calls into the engine take longer. */
const SHORT = 24;

/**
 * The text with what no database takes replaced by U+FFFD.
 * @param maxLength in UTF-16 code units; what is longer is cut, and ends in `…`
 */
export function storableText(text: string, maxLength = Infinity): StorableText {
  const cut = text.length > maxLength ? `${text.slice(0, Math.max(0, maxLength - 1))}…` : text;
  return (cut.length <= SHORT && isPlain(cut) ? cut : withoutNuls(cut.toWellFormed())) as StorableText;
}

/** Whether a text has nothing but units that are characters by themselves, and no NUL. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0 || (unit >= 0xd800 && unit <= 0xdfff)) {
      return false;
    }
  }
  return true;
}

/** Escapes of NUL and of half a pair, as `JSON.stringify` writes them; a whole pair it writes as itself. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/g;
const HALF_PAIR_ESCAPE = /\\ud[89a-f][0-9a-f]{2}/g;

/** JSON text of a value, names included, with what no database takes replaced by U+FFFD. */
export function storableJson(value: unknown): StorableText {
  return storableJsonText(JSON.stringify(value) ?? 'null');
}

/** As {@link storableJson}, of a text that `JSON.stringify` has made. */
export function storableJsonText(json: string): StorableText {
  return storableText(withoutEscapes(json, UNSTORABLE_ESCAPE));
}

/**
 * JSON text that `JSON.stringify` has made, as it is: it escapes NUL and halves of pairs, and a column of JSON takes the
 * escapes, where it is given the text as a parameter.
 * @param takesHalfPairs false for MySQL and MariaDB, whose `JSON_VALID` refuses the escape of half a pair: U+FFFD instead
 */
export function exactJsonText(json: string, takesHalfPairs: boolean): StorableText {
  return (takesHalfPairs ? json : withoutEscapes(json, HALF_PAIR_ESCAPE)) as StorableText;
}

/** Whether {@link storableJsonText} may make another text of it. */
export function hasUnstorableEscape(json: string): boolean {
  return json.search(UNSTORABLE_ESCAPE) >= 0;
}

function withoutEscapes(json: string, escapes: RegExp): string {
  return json.replace(escapes, (escape, at: number) => (isEscaped(json, at) ? escape : '\ufffd'));
}

/** Whether the backslash at `at` is itself escaped: behind an odd number of others. */
function isEscaped(json: string, at: number): boolean {
  let start = at;
  while (json[start - 1] === '\\') {
    start -= 1;
  }
  return (at - start) % 2 === 1;
}

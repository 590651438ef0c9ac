import { JsonTooComplex } from './boundedJson';
import { viewOf } from './units';

/** Which numbers of a JSON text become texts: those beyond 2^53, as {@link withExactNumbers} says; or all that would lose digits. */
export type ExactNumbers = 'big' | 'inexact';

/** A number, RFC 8259 section 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What a text has that holds a number which may be beyond 2^53: 16 digits, or an exponent. */
const MAY_BE_BIG = /\d{16}|\d[eE]\+?\d/;

/** Longer than what any number of JavaScript's is written with. */
const MAX_LITERAL = 400;

/** With no more characters, a number that is neither too large nor too small for it comes back from JavaScript as it was. */
const ALWAYS_EXACT = 15;
/** Below it, JavaScript's numbers have fewer digits. */
const LEAST_NORMAL = 2 ** -1022;

/** So many numbers may become texts in any JSON, and one more for so many characters: an id beyond 2^53 has as many digits. */
const TEXTS = { base: 20_000, characters: 16 };

const [QUOTE, BACKSLASH, COLON, MINUS, DOT, NINE, ZERO] = [34, 92, 58, 45, 46, 57, 48];

/**
 * JSON in which numbers stand as texts, in the digits that were sent. Whole numbers beyond 2^53 always do, so that all ids
 * of a sender are of one type; others beyond it where digits would be lost. What is no JSON stays none. Throws
 * `JsonTooComplex` where there are more of them than ids have room for.
 * @param mark what each of these texts begins with; nothing in it has to be escaped
 */
export function withExactNumbers(text: string, which: ExactNumbers, mark = ''): string {
  if (which === 'big' && !MAY_BE_BIG.test(text)) {
    return text;
  }
  // Not a list that is joined: to grow one takes ten times as long.
  let written = '';
  const quote = `"${mark}`;
  let left = TEXTS.base + text.length / TEXTS.characters;
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      // Most are so short that nothing more has to be looked at.
      const literal = end - at <= ALWAYS_EXACT && !hasExponent(text, at, end) ? null : text.slice(at, end);
      if (literal !== null && isWanted(literal, which) && !isName(text, end)) {
        left -= 1;
        if (left < 0) {
          throw new JsonTooComplex('there are too many numbers that JavaScript cannot hold for its length');
        }
        written += `${text.slice(copied, at)}${quote}${literal}"`;
        copied = end;
      }
      at = end - 1;
    }
  }
  return copied === 0 ? text : written + text.slice(copied);
}

/** Where the string that begins at `at` has its closing quote. */
function endOfString(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      return index;
    }
    index += code === BACKSLASH ? 1 : 0;
  }
  return text.length;
}

function endOfNumber(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && isOfNumber(text.charCodeAt(end))) {
    end += 1;
  }
  return end;
}

/** `+` `-` `.` `E` `e`, and digits. */
function isOfNumber(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === 43 || code === MINUS || code === DOT || code === 69 || code === 101;
}

function hasExponent(text: string, at: number, end: number): boolean {
  for (let index = at + 1; index < end; index += 1) {
    // `E` and `e`
    if ((text.charCodeAt(index) | 32) === 101) {
      return true;
    }
  }
  return false;
}

/** A number in the place of a name is no JSON, and must not become any. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 32) {
    at += 1;
  }
  return text.charCodeAt(at) === COLON;
}

function isWanted(literal: string, which: ExactNumbers): boolean {
  return (which === 'inexact' ? losesDigits(literal, Number(literal)) : isBig(literal)) && NUMBER.test(literal);
}

function isBig(literal: string): boolean {
  const value = Number(literal);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && (isWhole(literal) || losesDigits(literal, value));
}

/** Whether no point and no exponent is in it: a pattern would take longer than all the rest. */
function isWhole(literal: string): boolean {
  for (let at = 0; at < literal.length; at += 1) {
    const code = literal.charCodeAt(at);
    if (code === DOT || (code | 32) === 101) {
      return false;
    }
  }
  return true;
}

function losesDigits(literal: string, value: number): boolean {
  if (!Number.isFinite(value)) {
    return true;
  }
  const isInRange = Math.abs(value) >= LEAST_NORMAL || !/[eE]/.test(literal);
  return !(isInRange && literal.length <= ALWAYS_EXACT) && !isSameNumber(literal, String(value));
}

/** Whether two literals of the same sign mean the same number, digit by digit. */
function isSameNumber(one: string, other: string): boolean {
  return readDigits(one, ONE) && readDigits(other, OTHER)
    ? ONE.power === OTHER.power && isSameText(ONE, OTHER)
    : one === other;
}

/** The digits of a number that count, and the power of ten of the first. */
interface Digits {
  /** Not an array: where `Object.prototype` is frozen, as NocoBase has it, it takes ten times as long to write into one. */
  codes: DataView;
  length: number;
  power: number;
}

// A megabyte may hold a hundred thousand of these numbers, so that nothing is made for one.
const ONE: Digits = noDigits();
const OTHER: Digits = noDigits();

function noDigits(): Digits {
  return { codes: viewOf(Buffer.alloc(MAX_LITERAL)), length: 0, power: 0 };
}

/** False: it is longer than what is read. */
function readDigits(literal: string, into: Digits): boolean {
  if (literal.length > MAX_LITERAL) {
    return false;
  }
  let length = 0;
  let counting = 0;
  /** Digits before the point, from the first that counts; negative: zeros behind the point before it. */
  let whole = 0;
  let isFraction = false;
  let at = 0;
  for (; at < literal.length; at += 1) {
    const code = literal.charCodeAt(at);
    if (code === DOT) {
      isFraction = true;
    } else if (code >= ZERO && code <= NINE) {
      if (length > 0 || code !== ZERO) {
        into.codes.setUint8(length, code);
        length += 1;
        counting = code === ZERO ? counting : length;
        whole += isFraction ? 0 : 1;
      } else if (isFraction) {
        whole -= 1;
      }
    } else if (code !== MINUS) {
      break;
    }
  }
  into.length = counting;
  into.power = counting === 0 ? 0 : whole + (at < literal.length ? Number(literal.slice(at + 1)) : 0);
  return true;
}

function isSameText(one: Digits, other: Digits): boolean {
  for (let at = 0; at < one.length; at += 1) {
    if (one.codes.getUint8(at) !== other.codes.getUint8(at)) {
      return false;
    }
  }
  return one.length === other.length;
}

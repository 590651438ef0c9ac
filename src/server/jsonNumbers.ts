/** Which numbers of a JSON text become texts: those that JavaScript's can't hold, beyond 2^53; or each one. */
export type ExactNumbers = 'big' | 'all';

/** A number, RFC 8259 section 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What a text has that holds a number which may be beyond 2^53: 16 digits, or an exponent. */
const MAY_BE_BIG = /\d{16}|\d[eE]\+?\d/;

/** Longer than what any number of JavaScript's is written with. */
const MAX_LITERAL = 400;

const [QUOTE, BACKSLASH, COLON, MINUS, DOT, NINE, ZERO] = [34, 92, 58, 45, 46, 57, 48];

/**
 * JSON in which numbers stand as texts, in the digits that were sent. Whole numbers beyond 2^53 always do, so that all ids
 * of a sender are of one type; others beyond it where digits would be lost. What is no JSON stays none.
 */
export function withExactNumbers(text: string, which: ExactNumbers): string {
  if (which === 'big' && !MAY_BE_BIG.test(text)) {
    return text;
  }
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      const literal = text.slice(at, end);
      if (isWanted(literal, which) && !isName(text, end)) {
        pieces.push(text.slice(copied, at), '"', literal, '"');
        copied = end;
      }
      at = end - 1;
    }
  }
  return copied === 0 ? text : pieces.join('') + text.slice(copied);
}

/** A number as it was sent, for telling one from another: in the usual digits where those are the same number. */
export function exactNumber(literal: string): string {
  const usual = String(Number(literal));
  return Number.isFinite(Number(literal)) && isSameNumber(literal, usual) ? usual : literal;
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

/** A number in the place of a name is no JSON, and must not become any. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && text.charCodeAt(at) <= 32) {
    at += 1;
  }
  return text.charCodeAt(at) === COLON;
}

function isWanted(literal: string, which: ExactNumbers): boolean {
  return (which === 'all' || isBig(literal)) && NUMBER.test(literal);
}

function isBig(literal: string): boolean {
  if (literal.length > MAX_LITERAL) {
    return true;
  }
  const value = Number(literal);
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) {
    return false;
  }
  return !Number.isFinite(value) || !/[.eE]/.test(literal) || !isSameNumber(literal, String(value));
}

/** Whether two literals of the same sign mean the same number, digit by digit. */
function isSameNumber(one: string, other: string): boolean {
  return readDigits(one, ONE) && readDigits(other, OTHER)
    ? ONE.power === OTHER.power && isSameText(ONE, OTHER)
    : one === other;
}

/** The digits of a number that count, and the power of ten of the first. */
interface Digits {
  codes: Uint8Array;
  length: number;
  power: number;
}

// A megabyte may hold a hundred thousand of these numbers, so that nothing is made for one.
const ONE: Digits = { codes: new Uint8Array(MAX_LITERAL), length: 0, power: 0 };
const OTHER: Digits = { codes: new Uint8Array(MAX_LITERAL), length: 0, power: 0 };

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
        into.codes[length] = code;
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
    if (one.codes[at] !== other.codes[at]) {
      return false;
    }
  }
  return one.length === other.length;
}

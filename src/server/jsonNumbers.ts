/** Which numbers of a JSON text become texts: those that JavaScript's can't hold, beyond 2^53; or each one. */
export type ExactNumbers = 'big' | 'all';

/** A number, RFC 8259 section 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What a text has that holds a number which may be beyond 2^53: 16 digits, or an exponent. */
const MAY_BE_BIG = /\d{16}|\d[eE]\+?\d/;

/** Longer than what any number of JavaScript's is written with. */
const MAX_LITERAL = 400;

const [QUOTE, BACKSLASH, COLON, MINUS, NINE, ZERO] = [34, 92, 58, 45, 57, 48];

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
  return digitsOf(literal) === digitsOf(usual) && Number.isFinite(Number(literal)) ? usual : literal;
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
  return (code >= ZERO && code <= NINE) || code === 43 || code === MINUS || code === 46 || code === 69 || code === 101;
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
  return !/[.eE]/.test(literal) || digitsOf(literal) !== digitsOf(String(value));
}

/** The digits that count, and the power of ten that they are to be taken by: the same for the same number. */
function digitsOf(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  let end = digits.length;
  while (digits[end - 1] === '0') {
    end -= 1;
  }
  return `${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

const [PERCENT, BACKSLASH, AMPERSAND, SEMICOLON, HASH] = [0x25, 0x5c, 0x26, 0x3b, 0x23];
/** Longest entity: `&#x10ffff;`. */
const MAX_ENTITY = 10;
/** By their names as numbers: a text for each would take longer than all the rest. */
const ENTITIES: ReadonlyMap<number, number> = new Map(
  Object.entries({ amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27 }).map(([name, code]) => [
    asNumber(Buffer.from(name), 0, name.length),
    code,
  ]),
);

/** UTF-8 with its escapes undone. */
export interface DecodedBytes {
  bytes: Buffer;
  /** Where in the original each byte is from; one more for the end. */
  origins: Uint32Array;
}

/**
 * Undoes the escapes of JSON (`\u0041`, `\/`), of URLs and forms (`%41`) and of XML (`&#65;`, `&amp;`) alike, in time
 * linear in the text: it is looked through, not read. Null: there are none to undo.
 */
export function decodeEscapes(text: Buffer): DecodedBytes | null {
  if (![PERCENT, BACKSLASH, AMPERSAND].some((mark) => text.includes(mark))) {
    return null;
  }
  const bytes = Buffer.allocUnsafe(text.length);
  const origins = new Uint32Array(text.length + 1);
  let length = 0;
  for (let index = 0; index < text.length;) {
    const escape = escapeAt(text, index);
    if (escape?.isByte === false) {
      const begin = length;
      length += bytes.write(String.fromCodePoint(escape.code), length);
      origins.fill(index, begin, length);
    } else {
      bytes[length] = escape?.code ?? text[index] ?? 0;
      origins[length] = index;
      length += 1;
    }
    index += escape?.length ?? 1;
    origins[length] = index;
  }
  return { bytes: bytes.subarray(0, length), origins: origins.subarray(0, length + 1) };
}

/** What is written at a place in another way, and in how many bytes. */
interface Escape {
  code: number;
  length: number;
  /** `%C3` is a byte of a character, all others are whole ones. */
  isByte: boolean;
}

function escapeAt(text: Buffer, at: number): Escape | null {
  switch (text[at]) {
    case PERCENT:
      return numbered(numberAt(text, at + 1, 2, 16), 3, true);
    case BACKSLASH:
      return backslashed(text, at);
    case AMPERSAND:
      return entityAt(text, at);
    default:
      return null;
  }
}

function backslashed(text: Buffer, at: number): Escape | null {
  const next = text[at + 1] ?? 0;
  // `\"`, `\\` and `\/`; of the others none stands for what a credential is made of.
  if (next === 0x22 || next === BACKSLASH || next === 0x2f) {
    return { code: next, length: 2, isByte: true };
  }
  return next === 0x75 ? numbered(numberAt(text, at + 2, 4, 16), 6, false) : null;
}

function entityAt(text: Buffer, at: number): Escape | null {
  const isNumber = text[at + 1] === HASH;
  const isHex = isNumber && ((text[at + 2] ?? 0) | 0x20) === 0x78;
  const start = at + (isHex ? 3 : isNumber ? 2 : 1);
  let end = start;
  while (end < at + MAX_ENTITY && isAlphanumeric(text[end] ?? 0)) {
    end += 1;
  }
  if (text[end] !== SEMICOLON || end === start) {
    return null;
  }
  const code = isNumber
    ? numberAt(text, start, end - start, isHex ? 16 : 10)
    : (ENTITIES.get(asNumber(text, start, end)) ?? -1);
  return numbered(code > 0x10ffff ? -1 : code, end - at + 1, false);
}

function numbered(code: number, length: number, isByte: boolean): Escape | null {
  return code < 0 ? null : { code, length, isByte: isByte || code < 0x80 };
}

/** The number in so many digits; -1: they aren't all there. */
function numberAt(text: Buffer, at: number, digits: number, base: 10 | 16): number {
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = digitOf(text[index] ?? 0);
    if (digit === -1 || digit >= base) {
      return -1;
    }
    value = value * base + digit;
  }
  return value;
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) {
    return byte - 0x30;
  }
  const letter = (byte | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

function isAlphanumeric(byte: number): boolean {
  const letter = (byte | 0x20) - 0x61;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0 && letter < 26);
}

/** Bytes as one number, of which the first six count: more than any of the names has. */
function asNumber(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < Math.min(end, start + 6); index += 1) {
    value = value * 256 + (bytes[index] ?? 0);
  }
  return value;
}

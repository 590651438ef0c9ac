import { viewOf } from '../units';

const [PERCENT, BACKSLASH, AMPERSAND, SEMICOLON, HASH] = [0x25, 0x5c, 0x26, 0x3b, 0x23];
const MARKS = [PERCENT, BACKSLASH, AMPERSAND];
/** 1 for the bytes that escapes begin with. */
const IS_MARK = Uint8Array.from({ length: 256 }, (_x, byte) => (MARKS.includes(byte) ? 1 : 0));
/** The value of each byte as a hex digit; -1: it is none. */
const DIGITS = Int8Array.from({ length: 256 }, (_x, byte) => {
  const digit = parseInt(String.fromCharCode(byte), 16);
  return byte < 0x80 && digit >= 0 ? digit : -1;
});
/** Longest entity: `&#x10ffff;`. */
const MAX_ENTITY = 10;
/** By their names as numbers: a text for each would take longer than all the rest. */
const ENTITIES: ReadonlyMap<number, number> = new Map(
  Object.entries({ amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27 }).map(([name, code]) => [
    asNumber(Buffer.from(name), 0, name.length),
    code,
  ]),
);

/**
 * Undoes the escapes of JSON (`\u0041`, `\/`), of URLs and forms (`%41`) and of XML (`&#65;`, `&amp;`) alike, once, in
 * time linear in the text: it is looked through, not read. Null: there are none to undo. Anybody's megabyte comes
 * here, several times, so that nothing is made for a single escape, and {@link originsOf} is left to when it is asked for.
 */
export function decodeEscapes(text: Buffer): Buffer | null {
  if (!MARKS.some((mark) => text.includes(mark))) {
    return null;
  }
  const bytes = Buffer.allocUnsafe(text.length);
  const written = viewOf(bytes);
  let length = 0;
  for (let at = 0; at < text.length;) {
    const byte = text[at] ?? 0;
    const escape = IS_MARK[byte] === 0 ? NONE : escapeAt(text, at, byte);
    if (escape === NONE) {
      written.setUint8(length, byte);
      length += 1;
      at += 1;
    } else {
      writeCharacter(written, length, escape);
      length += sizeOf(escape);
      at += lengthOf(escape);
    }
  }
  // An escape is longer than what it stands for.
  return length === text.length ? null : bytes.subarray(0, length);
}

/**
 * Where in a text the bytes are from that stand at these places of what {@link decodeEscapes} makes of it.
 * @param places in order; its length stands for its end
 */
export function originsOf(text: Buffer, places: readonly number[]): number[] {
  let length = 0;
  let at = 0;
  return places.map((place) => {
    while (at < text.length) {
      const byte = text[at] ?? 0;
      const escape = IS_MARK[byte] === 0 ? NONE : escapeAt(text, at, byte);
      const next = length + (escape === NONE ? 1 : sizeOf(escape));
      if (next > place) {
        break;
      }
      length = next;
      at += escape === NONE ? 1 : lengthOf(escape);
    }
    return at;
  });
}

/**
 * What is written at a place in another way, as one number: a character's code, whether it is a byte of one (`%C3`),
 * and in how many bytes it is written.
 */
function packed(code: number, length: number, isPart: boolean): number {
  return code < 0 ? NONE : (code << 5) | (isPart || code < 0x80 ? 0x10 : 0) | length;
}

/** No escape. */
const NONE = -1;
const codeOf = (escape: number): number => escape >> 5;
const isByte = (escape: number): boolean => (escape & 0x10) !== 0;
const lengthOf = (escape: number): number => escape & 0xf;
/** Bytes in UTF-8 of what it stands for. */
const sizeOf = (escape: number): number => {
  const code = codeOf(escape);
  return isByte(escape) ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
};

function escapeAt(text: Buffer, at: number, mark: number): number {
  return mark === PERCENT
    ? packed(numberAt(text, at + 1, 2, 16), 3, true)
    : mark === BACKSLASH
      ? backslashed(text, at)
      : entityAt(text, at);
}

function backslashed(text: Buffer, at: number): number {
  const next = text[at + 1] ?? 0;
  // `\"`, `\\` and `\/`; of the others none stands for what a credential is made of.
  if (next === 0x22 || next === BACKSLASH || next === 0x2f) {
    return packed(next, 2, true);
  }
  if (next !== 0x75) {
    return NONE;
  }
  const unit = numberAt(text, at + 2, 4, 16);
  const isPair = unit >= 0xd800 && unit <= 0xdbff && text[at + 6] === BACKSLASH && text[at + 7] === 0x75;
  const low = isPair ? numberAt(text, at + 8, 4, 16) : NONE;
  return low >= 0xdc00 && low <= 0xdfff
    ? packed(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 12, false)
    : packed(unit, 6, false);
}

function entityAt(text: Buffer, at: number): number {
  const isNumber = text[at + 1] === HASH;
  const isHex = isNumber && ((text[at + 2] ?? 0) | 0x20) === 0x78;
  const start = at + (isHex ? 3 : isNumber ? 2 : 1);
  let end = start;
  while (end < at + MAX_ENTITY && isAlphanumeric(text[end] ?? 0)) {
    end += 1;
  }
  if (text[end] !== SEMICOLON || end === start) {
    return NONE;
  }
  const code = isNumber
    ? numberAt(text, start, end - start, isHex ? 16 : 10)
    : (ENTITIES.get(asNumber(text, start, end)) ?? NONE);
  return packed(code > 0x10ffff ? NONE : code, end - at + 1, false);
}

/** The number in so many digits; -1: they aren't all there. */
function numberAt(text: Buffer, at: number, digits: number, base: 10 | 16): number {
  let value = 0;
  for (let index = at; index < at + digits; index += 1) {
    const digit = DIGITS[text[index] ?? 0] ?? NONE;
    if (digit < 0 || digit >= base) {
      return NONE;
    }
    value = value * base + digit;
  }
  return value;
}

/** What the first byte of a character in UTF-8 begins with, by how many follow. */
const LEADS = [0xc0, 0xe0, 0xf0] as const;

/** Writes what an escape stands for in UTF-8, half of a pair as U+FFFD. */
function writeCharacter(bytes: DataView, at: number, escape: number): void {
  const code = codeOf(escape);
  if (isByte(escape)) {
    bytes.setUint8(at, code);
    return;
  }
  const character = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  const more = sizeOf(escape) - 1;
  bytes.setUint8(at, (LEADS[more - 1] ?? 0) | (character >> (6 * more)));
  for (let index = 1; index <= more; index += 1) {
    bytes.setUint8(at + index, 0x80 | ((character >> (6 * (more - index))) & 0x3f));
  }
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

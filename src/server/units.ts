/**
 * Changes of single characters in texts that anybody may have sent. A pattern costs some hundred nanoseconds at each
 * place where it matches, and such a text may be nothing but such places; a loop over its units costs a few.
 */

const [NUL, REPLACEMENT, LF, CR] = [0, 0xfffd, 0x0a, 0x0d];
const PERCENT = 0x25;
const PLUS = 0x2b;

/** NULs as U+FFFD. */
export function withoutNuls(text: string): string {
  return text.includes('\0') ? rewritten(text, (unit) => (unit === NUL ? REPLACEMENT : unit)) : text;
}

/** CR LF and CR as LF, as XML has line ends (XML 1.0 section 2.11). */
export function withLineFeeds(text: string): string {
  return text.includes('\r')
    ? rewritten(text, (unit, next) => (unit !== CR ? unit : next === LF ? LEFT_OUT : LF))
    : text;
}

/** No unit. */
const LEFT_OUT = -1;

/** Room for the units of a short text, so that many of them need no memory of their own. */
const SHARED = Buffer.alloc(2_048);

/** @param rule what becomes of a unit, by itself and by the one behind it; {@link LEFT_OUT}: nothing */
function rewritten(text: string, rule: (unit: number, next: number) => number): string {
  const size = text.length * 2;
  const bytes = size <= SHARED.length ? SHARED : Buffer.allocUnsafe(size);
  const units = viewOf(bytes);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = rule(text.charCodeAt(at), text.charCodeAt(at + 1));
    if (unit !== LEFT_OUT) {
      units.setUint16(length, unit, true);
      length += 2;
    }
  }
  return bytes.toString('utf16le', 0, length);
}

/**
 * What many bytes are written through, one by one: NocoBase freezes `Object.prototype`, and then it takes V8 seven times as
 * long to write into an array, a typed one too.
 */
export function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}

/** Bytes with `%XX`, and pluses too, decoded as a form has them; what is no encoding stays. */
export function percentDecode(encoded: Buffer, { plus = true } = {}): Buffer {
  if (!encoded.includes(PERCENT) && !(plus && encoded.includes(PLUS))) {
    return encoded;
  }
  const bytes = Buffer.allocUnsafe(encoded.length);
  const written = viewOf(bytes);
  let length = 0;
  for (let at = 0; at < encoded.length; length += 1) {
    const byte = encoded[at] ?? 0;
    const decoded = byte === PERCENT ? hexByte(encoded, at + 1) : -1;
    written.setUint8(length, decoded >= 0 ? decoded : plus && byte === PLUS ? 0x20 : byte);
    at += decoded >= 0 ? 3 : 1;
  }
  return bytes.subarray(0, length);
}

/** The byte that two hex digits spell; negative: they are none. */
export function hexByte(bytes: Buffer, at: number): number {
  const [high, low] = [HEX_DIGITS[bytes[at] ?? 0] ?? -1, HEX_DIGITS[bytes[at + 1] ?? 0] ?? -1];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** The value of each byte as a hex digit; -1: it is none. */
const HEX_DIGITS = Int8Array.from({ length: 256 }, (_x, byte) => {
  const text = String.fromCharCode(byte);
  return /[0-9a-f]/i.test(text) ? parseInt(text, 16) : -1;
});

/** The five characters that mean something in markup. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What stands in markup for the first units: an entity; nothing, for what XML can't hold at all; undefined: themselves. */
const IN_MARKUP: readonly (string | undefined)[] = Array.from({ length: 0x40 }, (_x, unit) =>
  unit < 0x20 && ![0x09, 0x0a, 0x0d].includes(unit) ? '' : ENTITIES[String.fromCharCode(unit)],
);

/** What {@link IN_MARKUP} names, and the two other units that XML can't hold. */
const SPECIAL_IN_MARKUP = /[&<>"'\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/**
 * Text as it is written in HTML and XML. Put together of pieces: NocoBase freezes `Object.prototype`, and then it takes V8
 * some 35 ns to write a unit into an array.
 */
export function withEntities(text: string): string {
  if (!SPECIAL_IN_MARKUP.test(text)) {
    return text;
  }
  let written = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const entity = unit < IN_MARKUP.length ? IN_MARKUP[unit] : unit >= 0xfffe ? '' : undefined;
    if (entity !== undefined) {
      written += at > copied ? text.slice(copied, at) + entity : entity;
      copied = at + 1;
    }
  }
  return written + text.slice(copied);
}

import { hexByte, viewOf } from '../../units';

const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/** What each byte is in base64. */
const [OTHER, DIGIT, BLANK] = [0, 1, 2];
const KINDS = Uint8Array.from({ length: 256 }, (_x, byte) => {
  const text = String.fromCharCode(byte);
  return /[A-Za-z0-9+/]/.test(text) ? DIGIT : /\s/.test(text) ? BLANK : OTHER;
});
const MAX_PADDING = 2;

/**
 * The content of a part as it was before its `Content-Transfer-Encoding` (RFC 2045 section 6), which mail programs use.
 * Content that isn't in the encoding that is named stays as it is.
 */
export function transferDecoded(content: Buffer, encoding: string | undefined): Buffer {
  // Some write a semicolon behind it, or a comment.
  switch (encoding?.split(/[;\s(]/, 1)[0]?.toLowerCase()) {
    case 'base64':
      return isBase64(content) ? Buffer.from(content.toString('latin1'), 'base64') : content;
    case 'quoted-printable':
      return quotedPrintable(content);
    default:
      return content;
  }
}

/**
 * Whether nothing else than base64 and line breaks stands there: one digit beyond whole groups of four is half a byte.
 * A loop, as anybody's bytes come here: each is looked at once.
 */
function isBase64(content: Buffer): boolean {
  let digits = 0;
  let padding = 0;
  for (const byte of content) {
    const kind = KINDS[byte];
    if (byte === EQUALS) {
      padding += 1;
    } else if (kind === DIGIT && padding === 0) {
      digits += 1;
    } else if (kind !== BLANK) {
      return false;
    }
  }
  return padding <= MAX_PADDING && digits % 4 !== 1;
}

/** RFC 2045 section 6.7; what is no encoding stays. */
export function quotedPrintable(encoded: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(encoded.length);
  const written = viewOf(bytes);
  let length = 0;
  let at = 0;
  while (at < encoded.length) {
    const byte = encoded[at] ?? 0;
    const softBreak = byte === EQUALS ? softBreakAt(encoded, at + 1) : 0;
    const decoded = byte === EQUALS ? hexByte(encoded, at + 1) : -1;
    if (softBreak > 0) {
      at += 1 + softBreak;
    } else {
      written.setUint8(length, decoded >= 0 ? decoded : byte);
      length += 1;
      at += decoded >= 0 ? 3 : 1;
    }
  }
  return bytes.subarray(0, length);
}

/** Bytes of blanks and the line break that end a line which goes on in the next; 0: there is none. */
function softBreakAt(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] === SPACE || bytes[at] === TAB)) {
    at += 1;
  }
  at += bytes[at] === CR ? 1 : 0;
  return bytes[at] === LF ? at + 1 - from : 0;
}

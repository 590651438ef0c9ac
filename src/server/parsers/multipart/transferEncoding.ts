import { hexByte } from '../../units';

const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];

/** Content that is base64 and nothing else but line breaks. */
const BASE64 = /^[A-Za-z0-9+/\s]*=?\s*=?\s*$/;

/**
 * The content of a part as it was before its `Content-Transfer-Encoding` (RFC 2045 section 6), which mail programs use.
 * Content that isn't in the encoding that is named stays as it is.
 */
export function transferDecoded(content: Buffer, encoding: string | undefined): Buffer {
  switch (encoding?.trim().toLowerCase()) {
    case 'base64': {
      const text = content.toString('latin1');
      return BASE64.test(text) ? Buffer.from(text, 'base64') : content;
    }
    case 'quoted-printable':
      return quotedPrintable(content);
    default:
      return content;
  }
}

/** RFC 2045 section 6.7; what is no encoding stays. */
export function quotedPrintable(encoded: Buffer): Buffer {
  const bytes = Buffer.from(encoded);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const softBreak = byte === EQUALS ? softBreakAt(bytes, at + 1) : 0;
    const decoded = byte === EQUALS ? hexByte(bytes, at + 1) : -1;
    if (softBreak > 0) {
      at += 1 + softBreak;
    } else {
      bytes[length] = decoded >= 0 ? decoded : byte;
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

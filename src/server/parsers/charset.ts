import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { WebhookError } from '../../common/errors';
import { remembering } from '../remembering';

/**
 * Codecs of iconv-lite that are transfer encodings, not charsets; UTF-7, which writes ASCII characters in other ASCII
 * characters, so that a text which was verified could be read as another; and CESU-8, which no service sends and which
 * takes it a tenth of a second for a megabyte.
 */
const NOT_CHARSETS: ReadonlySet<string> = new Set(['base64', 'hex', 'utf7', 'utf7imap', 'unicode11utf7', 'cesu8']);

/** Names of US-ASCII: what is beyond it can only be UTF-8. And what MySQL calls that. */
const ASCII = /^(?:(?:us-?)?ascii|ansi_x3\.4-19\d\d|iso-?646-us|utf8mb[34])$/i;

interface Charset {
  /** A byte order mark stands for itself. */
  decode(bytes: Buffer): string;
  /** Whether it writes ASCII characters as ASCII does. */
  extendsAscii: boolean;
}

/**
 * Text of bytes in the declared charset; UTF-8 where none is. A byte order mark is taken off, and bytes that
 * make no character become U+FFFD. Throws `TYPE_NOT_SUPPORTED` for a charset that is not known.
 */
export function decodeText(body: Buffer, charset: string | undefined): string {
  const text = decodePiece(body, charset);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** As {@link decodeText}, of a piece of a text: a byte order mark stands for itself. */
export function decodePiece(bytes: Buffer, charset: string | undefined): string {
  return knownCharset(charset).decode(bytes);
}

/** Of a text in UTF-16 that begins with a byte order mark, which no text in UTF-8 does. */
export function charsetByMark([first, second]: Buffer): string | undefined {
  if (first === 0xff && second === 0xfe) {
    return 'utf-16le';
  }
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** The charset of that name; null: none is known, or it isn't one to read a text in. */
export function findCharset(name: string): string | null {
  return charsetOf(name) ? name : null;
}

/** Whether the charset writes ASCII characters as ASCII does, so that bytes can be split at `&` and `=`. */
export function extendsAscii(charset: string | undefined): boolean {
  return knownCharset(charset).extendsAscii;
}

/**
 * Bytes that shift to other characters in charsets that write them in ASCII's: escapes of ISO 2022 (RFC 1468, RFC 1557),
 * `~` of HZ (RFC 1843), `+` and `&` of UTF-7. By their names' letters and digits.
 */
const SHIFTS: readonly [name: RegExp, bytes: readonly number[]][] = [
  [/iso2022/, [0x1b, 0x0e]],
  [/^hz/, [0x7e]],
  [/utf7/, [0x2b, 0x26]],
];

/** Whether bytes shift to other characters than those that they look like. @param charset known or not */
export function shifts(bytes: Buffer, charset: string): boolean {
  const [, shifting = []] = SHIFTS.find(([name]) => name.test(plainName(charset))) ?? [];
  return shifting.some((byte) => bytes.includes(byte));
}

/** Whether bytes are a text in UTF-8, and in the charset that is named nothing else. @param charset known or not */
export function isPlainUtf8(bytes: Buffer, charset: string | undefined): boolean {
  return isUtf8(bytes) && (charset === undefined || !shifts(bytes, charset));
}

/** Whether a charset's name is one of {@link NOT_CHARSETS}. */
export function isTransferEncoding(name: string): boolean {
  return NOT_CHARSETS.has(plainName(name));
}

/** iconv-lite takes a name for the same whatever stands between its letters and digits, or as a year behind it. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/:\d{4}$|[^0-9a-z]/g, '');
}

function knownCharset(name = ''): Charset {
  const found = charsetOf(name.trim() || 'utf-8');
  if (!found) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: `unknown charset ${JSON.stringify(name.trim())}` });
  }
  return found;
}

const charsetOf = remembering((name): Charset | null => {
  const decode = ASCII.test(name) ? decoderOf('utf-8') : decoderOf(name);
  if (!decode) {
    return null;
  }
  const isWide = [
    [0x41, 0],
    [0, 0x41],
  ].some((pair) => decode(Buffer.from(pair)) === 'A');
  return {
    // Half a unit at the end makes no character; the decoders leave it out.
    decode: isWide ? (bytes) => (bytes.length % 2 === 0 ? decode(bytes) : `${decode(bytes)}\ufffd`) : decode,
    extendsAscii: decode(Buffer.from('&')) === '&',
  };
});

/** By iconv-lite; else, for what only the web knows (https://encoding.spec.whatwg.org/#names-and-labels), by Node. */
function decoderOf(name: string): Charset['decode'] | null {
  if (isTransferEncoding(name)) {
    return null;
  }
  if (iconv.encodingExists(name)) {
    return (bytes) => iconv.decode(bytes, name, { stripBOM: false });
  }
  try {
    const decoder = new TextDecoder(name, { ignoreBOM: true });
    const encoding = decoder.encoding === 'utf-16le' ? 'utf-16' : decoder.encoding;
    // Node 20 reads windows-1252 as Latin-1.
    return iconv.encodingExists(encoding) ? decoderOf(encoding) : (bytes) => decoder.decode(bytes);
  } catch {
    return null;
  }
}

import iconv from 'iconv-lite';
import { WebhookError } from '../../common/errors';
import { remembering } from '../remembering';

/**
 * Codecs of iconv-lite that are transfer encodings, not charsets; UTF-7, which writes ASCII characters in other ASCII
 * characters, so that a text which was verified could be read as another; and CESU-8, which no service sends and which
 * takes it a tenth of a second for a megabyte.
 */
const NOT_CHARSETS: ReadonlySet<string> = new Set(['base64', 'hex', 'utf7', 'utf7imap', 'unicode11utf7', 'cesu8']);

/**
 * Text of bytes in the declared charset; UTF-8 where none is. A byte order mark is taken off, and bytes that
 * make no character become U+FFFD. Throws `TYPE_NOT_SUPPORTED` for a charset that is not known.
 */
export function decodeText(body: Buffer, charset: string | undefined): string {
  return iconv.decode(body, knownCharset(charset ?? ''));
}

/** As {@link decodeText}, of a piece of a text: a byte order mark stands for itself. */
export function decodePiece(bytes: Buffer, charset: string | undefined): string {
  return iconv.decode(bytes, knownCharset(charset ?? ''), { stripBOM: false });
}

/** The charset of that name; null: none is known, or it isn't one to read a text in. */
export function findCharset(name: string): string | null {
  return isTransferEncoding(name) || !iconv.encodingExists(name) ? null : name;
}

/** Whether the charset writes ASCII characters as ASCII does, so that bytes can be split at `&` and `=`. */
export function extendsAscii(charset: string | undefined): boolean {
  return iconv.encode('&', knownCharset(charset ?? '')).equals(Buffer.from('&'));
}

/** Names of US-ASCII: what is beyond it can only be UTF-8. And what MySQL calls that. */
const ASCII = /^(?:(?:us-?)?ascii|ansi_x3\.4-19\d\d|iso-?646-us|utf8mb[34])$/i;

/** The name that iconv-lite takes; of an empty text UTF-8. */
const knownCharset = remembering((charset) => {
  const name = charset.trim() || 'utf-8';
  if (ASCII.test(name)) {
    return 'utf-8';
  }
  if (findCharset(name) === null) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: `unknown charset ${JSON.stringify(name)}` });
  }
  return name;
});

/** Whether a charset's name is one of {@link NOT_CHARSETS}. */
export function isTransferEncoding(name: string): boolean {
  // iconv-lite takes a name for the same whatever stands between its letters and digits, or as a year behind it.
  return NOT_CHARSETS.has(name.toLowerCase().replace(/:\d{4}$|[^0-9a-z]/g, ''));
}

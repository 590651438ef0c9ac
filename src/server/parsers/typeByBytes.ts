import { isUtf8 } from 'node:buffer';
import { parseUnverified } from '../boundedJson';
import { shifts } from './charset';
import { encodingOf } from './xml';

/** What a body can be told to be by its bytes alone, with the content type that says so. */
export interface TypeByBytes {
  format: 'json' | 'xml' | 'multipart' | 'form';
  contentType: string;
  /** Whether the bytes tell what their text is in, too. */
  namesCharset: boolean;
}

/** A multipart body's first delimiter, and how a header of its first part begins. */
const FIRST_DELIMITER = /^\s*--([^\r\n]+)\r?\ncontent-[a-z-]+[ \t]*:/i;

/** What is looked at of a multipart body's beginning: RFC 2046 allows boundaries of 70 characters. */
const BEGINNING = 256;

/** What can't be told of a form by its bytes: percent-encoded ones that are no ASCII, or shift to other characters. */
const ENCODED_BYTES = /%(?:[89a-f][0-9a-f]|0e|1b)/i;

/**
 * What a body is, by its bytes: JSON where all of it is, XML where it begins with `<`, multipart by its first delimiter,
 * else a form. Each body is one of these alone, whoever says what of it. A text, bytes or lines of JSON can't be told from
 * a form.
 */
export function typeByBytes(body: Buffer): TypeByBytes {
  if (isJson(body)) {
    return { format: 'json', contentType: 'application/json', namesCharset: false };
  }
  const wide = wideCharset(body, ['{', '[']);
  if (wide) {
    return { format: 'json', contentType: `application/json; charset=${wide}`, namesCharset: true };
  }
  if (wideCharset(body, ['<']) || /^(?:\xef\xbb\xbf)?\s*</.test(body.toString('latin1', 0, BEGINNING))) {
    return { format: 'xml', contentType: 'application/xml', namesCharset: encodingOf(body) !== undefined };
  }
  const boundary = FIRST_DELIMITER.exec(body.toString('latin1', 0, BEGINNING))?.[1]?.trimEnd();
  return boundary === undefined
    ? { format: 'form', contentType: 'application/x-www-form-urlencoded', namesCharset: false }
    : { format: 'multipart', contentType: `multipart/form-data; boundary=${quoted(boundary)}`, namesCharset: false };
}

/** Whether a body is the same text in UTF-8 and in what it is said to be in: ASCII that shifts to nothing else. */
export function isPlainAscii(body: Buffer, charset: string): boolean {
  const text = body.toString('latin1');
  return !/[^\0-\x7f]/.test(text) && !ENCODED_BYTES.test(text) && !shifts(body, charset);
}

function isJson(body: Buffer): boolean {
  return isUtf8(body) && parseUnverified(body.toString('utf8').replace(/^\ufeff/, '')) !== undefined;
}

/** Of a text in UTF-16 that begins with a byte order mark, or without one, and one of these characters. */
function wideCharset([first, second, third, fourth]: Buffer, begins: readonly string[]): string | undefined {
  const isOne = (byte: number | undefined) => byte !== undefined && begins.includes(String.fromCharCode(byte));
  if ((first === 0xff && second === 0xfe && isOne(third)) || (second === 0 && isOne(first))) {
    return 'utf-16le';
  }
  return (first === 0xfe && second === 0xff && isOne(fourth)) || (first === 0 && isOne(second))
    ? 'utf-16be'
    : undefined;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

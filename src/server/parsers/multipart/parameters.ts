import { decodeText, findCharset } from '../charset';
import { percentDecode } from '../../units';
import { quotedPrintable } from './transferEncoding';

/** A header with parameters, such as `form-data; name="a"`: its value in lower case, and what is behind it. */
export interface Parameters {
  /** Empty: it begins with a parameter. */
  value: string;
  /** By lower-case name, a byte a character. */
  named: ReadonlyMap<string, string>;
}

const NAME = /[^\s;,="]+/y;
const FILLING = /[\s;,]*/y;
const EQUALS = /\s*=\s*/y;
/** What ends a value without quotes, which may hold blanks and commas: a semicolon, or the name of what is read next. */
const UNQUOTED_END = /;|[\r\n]|[\s,](?=(?:file)?name\*?=)/gi;
/** What may follow the quote that ends a value: nothing, or the next parameter. */
const AFTER_QUOTE = /\s*(?:$|[;,]\s*(?:$|;|[^\s;,="]+\s*(?:=|;|$))|\s[^\s;,="]+\s*=)/y;

/**
 * Takes a header apart as leniently as senders write it: parameters in quotes or without, blanks around `=`, a
 * semicolon at the end, quotes within quotes. Null: there is something in it that is no parameter, or one has two values.
 */
export function readParameters(header: string): Parameters | null {
  const named = new Map<string, string>();
  let value = '';
  let at = 0;
  for (let index = 0; ; index += 1) {
    at = endOf(FILLING, header, at) ?? at;
    if (at >= header.length) {
      return { value, named };
    }
    const nameEnd = endOf(NAME, header, at);
    if (nameEnd === null) {
      return null;
    }
    const name = header.slice(at, nameEnd).toLowerCase();
    const valueStart = endOf(EQUALS, header, nameEnd);
    if (valueStart === null) {
      value = index === 0 ? name : value;
      at = nameEnd;
      continue;
    }
    const read = header[valueStart] === '"' ? readQuoted(header, valueStart + 1) : readUnquoted(header, valueStart);
    if (named.has(name) && named.get(name) !== read.text) {
      return null;
    }
    named.set(name, read.text);
    at = read.end;
  }
}

interface Read {
  text: string;
  end: number;
}

/** Up to the quote that ends it. A backslash before a quote or another backslash takes that as it is; else it is one. */
function readQuoted(header: string, start: number): Read {
  let text = '';
  for (let at = start; at < header.length; at += 1) {
    const char = header[at] ?? '';
    const next = header[at + 1];
    if (char === '\\' && (next === '"' || next === '\\') && !(next === '"' && at + 2 === header.length)) {
      text += next;
      at += 1;
    } else if (char === '"' && endOf(AFTER_QUOTE, header, at + 1) !== null) {
      return { text, end: at + 1 };
    } else {
      text += char;
    }
  }
  return { text, end: header.length };
}

function readUnquoted(header: string, start: number): Read {
  UNQUOTED_END.lastIndex = start;
  const end = UNQUOTED_END.exec(header)?.index ?? header.length;
  const text = header.slice(start, end).trim().replace(/,$/, '');
  const isQuoted = text.length > 1 && text.startsWith("'") && text.endsWith("'");
  return { text: isQuoted ? text.slice(1, -1) : text, end };
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** A name as it is written in a header. */
export interface NamedBytes {
  bytes: Buffer;
  /** Known or not; left out: the header names none. */
  charset?: string;
  /** In the extended form, which escapes everything: what looks like another escape within is none. */
  isExtended: boolean;
}

/**
 * A parameter as bytes and in which charset they are; undefined: it isn't there. It may be in the extended form
 * (`name*=UTF-8''…`, RFC 8187), and in pieces (`name*0=…`, RFC 2231), as mail programs write it.
 */
export function parameterBytes({ named }: Parameters, name: string): NamedBytes | undefined {
  const extended = named.get(`${name}*`);
  if (extended !== undefined) {
    return extendedBytes(extended);
  }
  const plain = named.get(name);
  if (plain !== undefined) {
    return { bytes: Buffer.from(plain, 'latin1'), isExtended: false };
  }
  const pieces: Buffer[] = [];
  let first: NamedBytes | undefined;
  for (let index = 0; ; index += 1) {
    const encoded = named.get(`${name}*${index}*`);
    const piece = encoded ?? named.get(`${name}*${index}`);
    if (piece === undefined) {
      break;
    }
    const read = index === 0 && encoded !== undefined ? extendedBytes(encoded) : undefined;
    first ??= read;
    const bytes = Buffer.from(piece, 'latin1');
    pieces.push(read ? read.bytes : encoded === undefined ? bytes : percentDecode(bytes, { plus: false }));
  }
  return pieces.length === 0 ? undefined : { isExtended: false, ...first, bytes: Buffer.concat(pieces) };
}

function extendedBytes(text: string): NamedBytes {
  const [, charset, encoded = ''] = /^([^']*)'[^']*'(.*)$/s.exec(text) ?? [undefined, undefined, text];
  return {
    bytes: percentDecode(Buffer.from(encoded, 'latin1'), { plus: false }),
    ...(charset ? { charset } : {}),
    isExtended: true,
  };
}

/** RFC 2047: how .NET, and mail programs, write what isn't ASCII. */
const ENCODED_WORD = /=\?([^?\s]{1,40})\?([BbQq])\?([^?\s]*)\?=/g;

/**
 * Encoded words of a text as what they stand for; what is in no charset that is known stays. Between two of them blanks
 * don't count, and some programs split a character between neighbours: those in one charset are decoded together.
 */
export function withoutEncodedWords(text: string): string {
  let read = '';
  let at = 0;
  let run = null as EncodedRun | null;
  for (const { 0: word, 1: name = '', 2: encoding = '', 3: encoded = '', index } of text.matchAll(ENCODED_WORD)) {
    const charset = findCharset(name.split('*', 1)[0] ?? '');
    const between = text.slice(at, index);
    const isNext: boolean = run !== null && charset !== null && between.trim() === '';
    if (charset === null || run?.charset !== charset || !isNext) {
      read += runText(run) + (isNext ? '' : between) + (charset === null ? word : '');
      run = charset === null ? null : { charset, bytes: [] };
    }
    run?.bytes.push(encodedBytes(encoding, encoded));
    at = index + word.length;
  }
  return read + runText(run) + text.slice(at);
}

/** Neighbours among encoded words. */
interface EncodedRun {
  charset: string;
  bytes: Buffer[];
}

function runText(run: EncodedRun | null): string {
  return run ? decodeText(Buffer.concat(run.bytes), run.charset) : '';
}

function encodedBytes(encoding: string, encoded: string): Buffer {
  return /b/i.test(encoding)
    ? Buffer.from(encoded, 'base64')
    : quotedPrintable(Buffer.from(encoded.replaceAll('_', ' '), 'latin1'));
}

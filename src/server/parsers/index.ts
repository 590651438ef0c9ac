import type { ReadAs } from '../../common/config';
import { formatOf, type BodyFormat } from '../../common/contentTypes';
import { binary } from './binary';
import { charsetByMark, decodeText } from './charset';
import { form } from './form';
import { json, malformedJson } from './json';
import { plainJson } from './jsonText';
import { findMediaType, readMediaType, type MediaType } from './mediaType';
import { multipart } from './multipart';
import { ndjson } from './ndjson';
import { NumberMarks } from '../numberMarks';
import { storableText } from '../storableText';
import { storable } from './storable';
import { text } from './text';
import type { BodyRules, Parser, ReadBody, StorableBody } from './types';
import { parseUndeclared } from './undeclared';
import { charsetOfXml, xml } from './xml';

const PARSERS: Record<BodyFormat, Parser> = { json, ndjson, form, multipart, xml, text, binary };

/** What `readAs` says of the format; of a form, whether it is multipart is for its content type to say. */
const READ_AS: Record<Exclude<ReadAs, 'auto'>, BodyFormat> = {
  json: 'json',
  ndjson: 'ndjson',
  form: 'form',
  xml: 'xml',
  text: 'text',
  bytes: 'binary',
};

/**
 * The body as `$context.data`, by its content type or as the webhook reads it, with the files that it carries. Empty:
 * null. Throws `BODY_MALFORMED`, and `TYPE_NOT_SUPPORTED` for a charset or content type that can't be read.
 */
export function parseBody(body: Buffer, declared: string | string[] | undefined, rules: BodyRules): StorableBody {
  if (body.length === 0) {
    return { data: null, uploads: [], format: null, bigNumbers: [] };
  }
  const marks = new NumberMarks();
  const read = readBody(body, isDeclared(declared) ? declared : undefined, { ...rules, marks });
  return { ...read, data: storable(read.data, rules.maxDepth, marks), bigNumbers: marks.numbers };
}

function readBody(body: Buffer, declared: string | undefined, rules: BodyRules): ReadBody {
  if (rules.readAs !== 'auto') {
    const mediaType = inCharset(body, findMediaType(declared ?? '') ?? { type: '', declared: declared ?? '' }, rules);
    const isMultipart = rules.readAs === 'form' && mediaType.type.startsWith('multipart/');
    return parseAs(isMultipart ? 'multipart' : READ_AS[rules.readAs], body, mediaType, rules);
  }
  if (declared === undefined) {
    return parseUndeclared(body, rules);
  }
  const mediaType = inCharset(body, readMediaType(declared), rules);
  const format = formatOf(mediaType.type);
  const found = mayBeJson(format, mediaType) ? jsonIn(body, format, mediaType, rules) : undefined;
  return found === undefined ? parseAs(format, body, mediaType, rules) : { data: found, uploads: [], format: 'json' };
}

/** What the maker says counts, not what is declared; where nobody says anything, a byte order mark. */
function inCharset(body: Buffer, mediaType: MediaType, rules: Pick<BodyRules, 'charset'>): MediaType {
  const charset = rules.charset ?? mediaType.charset ?? charsetByMark(body);
  return charset === undefined ? mediaType : { ...mediaType, charset };
}

function parseAs(format: BodyFormat, body: Buffer, mediaType: MediaType, rules: BodyRules): ReadBody {
  return { uploads: [], ...PARSERS[format](body, mediaType, rules), format };
}

/** Senders that say nothing of the type have their library say one of these: `curl -d`, PHP's and Java's clients. */
function mayBeJson(format: BodyFormat, { type }: MediaType): boolean {
  return format === 'form' || type === 'text/plain';
}

/**
 * An object or a list that is all there is of a body, whatever its type says: in a form no field begins so, since it
 * would be encoded. Undefined: it is none.
 */
function jsonIn(body: Buffer, format: BodyFormat, { charset }: MediaType, rules: BodyRules): unknown {
  try {
    return beginsBracketed(body, charset) ? plainJson(decodeText(body, charset), rules) : undefined;
  } catch (error) {
    if (format === 'form') {
      throw malformedJson(error, 'the body is not valid JSON');
    }
    return undefined;
  }
}

/** Of a piece at the beginning: most bodies of another type are known by it, without being decoded for this. */
function beginsBracketed(body: Buffer, charset: string | undefined): boolean {
  const begin = decodeText(body.subarray(0, 1_024), charset).trimStart();
  return begin === '' || begin.startsWith('{') || begin.startsWith('[');
}

/** The body of a parsed delivery as text, in its own charset; what isn't text is read as UTF-8, whatever comes of it. */
export function bodyText(
  body: Buffer,
  declared: string | string[] | undefined,
  rules: Pick<BodyRules, 'charset'>,
): string {
  return storableText(decodeText(body, textCharset(body, declared, rules)));
}

/**
 * As {@link bodyText}, of a body in another charset than UTF-8; null: it is in that one, is no text, or its charset is not
 * known.
 */
export function foreignText(body: Buffer, declared: string | null, rules: Pick<BodyRules, 'charset'>): string | null {
  const charset = textCharset(body, declared ?? undefined, rules);
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    return null;
  }
  try {
    return decodeText(body, charset);
  } catch {
    return null;
  }
}

function textCharset(
  body: Buffer,
  declared: string | string[] | undefined,
  rules: Pick<BodyRules, 'charset'>,
): string | undefined {
  const mediaType = isDeclared(declared) ? findMediaType(declared) : null;
  return mediaType ? charsetOf(body, inCharset(body, mediaType, rules)) : (rules.charset ?? charsetByMark(body));
}

function charsetOf(body: Buffer, { type, charset }: MediaType): string | undefined {
  const format = formatOf(type);
  if (format === 'binary' || format === 'multipart') {
    return undefined;
  }
  return format === 'xml' ? charsetOfXml(body, charset) : charset;
}

function isDeclared(declared: string | string[] | undefined): declared is string {
  return typeof declared === 'string' && declared.trim() !== '';
}

import { ANY_FILE, formatOf, isJson, isMarkup, isScript, mediaTypeOf } from '../../../common/contentTypes';
import { CONTENT_TYPE, MAX_CONTENT_TYPE } from '../../../common/httpFields';
import { isRecord } from '../../../common/rules';
import { isStoredFile, type StoredFile } from '../../files/FileStore';
import { toText, type Filling } from '../../templates/render';
import { renderMarkup } from './markup';
import { UnsendableAnswer } from './UnsendableAnswer';

/** What goes out as the body; `contentType` is what the bytes themselves are said to be. */
export type Content = string | { bytes: Buffer; contentType: string } | { file: StoredFile };

/**
 * A body with its variables filled in. What is said to be JSON is JSON, whoever sent the values. Else an object
 * `{base64, contentType}`, as which a request's own bytes arrive, stands for its bytes, and a record of a stored file for
 * that. Throws {@link UnsendableAnswer}.
 * @param contentType without variables
 */
export function contentOf(body: unknown, contentType: string, filling: Filling): Content {
  if (isJson(contentType)) {
    return jsonText(body, filling);
  }
  const value = filling.peek(body);
  const file = isOfCaller(body) ? null : fileIn(value);
  if (file) {
    return { file };
  }
  if (isMarkup(contentType)) {
    return renderMarkup(body, filling);
  }
  if (isBytes(value) || typeof body !== 'string') {
    const filled = filling.render(body);
    return isBytes(filled) ? bytesOf(filled) : toText(filled);
  }
  if (formatOf(mediaTypeOf(contentType)) !== 'binary') {
    return filling.renderText(body);
  }
  const written = jsonOr(undefined, body);
  const filled = isBytes(written) ? filling.render(written) : undefined;
  if (isBytes(filled)) {
    return bytesOf(filled);
  }
  // A field of attachments in which there is none.
  return Array.isArray(value) && value.length === 0 ? '' : filling.renderText(body);
}

/**
 * The content type of bytes: what the answer is set to, or where that fits any, their own, as far as no browser takes it for
 * a page or a script: who chose it may be anybody.
 */
export function typeOfBytes(set: string, own: string): string {
  if (mediaTypeOf(set) !== ANY_FILE) {
    return set;
  }
  const isUsable = own.length <= MAX_CONTENT_TYPE && CONTENT_TYPE.test(own) && !isMarkup(own) && !isScript(own);
  return isUsable ? own : ANY_FILE;
}

/** A body given as text is read as JSON where it is JSON, so that `{"id": "{{…}}"}` typed into a field does what it says. */
function jsonText(body: unknown, filling: Filling): string {
  const filled = filling.render(typeof body === 'string' ? jsonOr(body, body) : body);
  return filled === undefined || filled === null ? '' : JSON.stringify(filled);
}

/** What a text spells as JSON, or else `otherwise`. */
function jsonOr(otherwise: unknown, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

interface Bytes {
  base64: string;
  contentType: string;
}

/** What a request's body that is none of the formats has, and a file that is not stored. */
const OF_BYTES: ReadonlySet<string> = new Set(['base64', 'contentType', 'size', 'field', 'filename']);

function isBytes(value: unknown): value is Bytes {
  return (
    isRecord(value) &&
    typeof value.base64 === 'string' &&
    typeof value.contentType === 'string' &&
    Object.keys(value).every((name) => OF_BYTES.has(name))
  );
}

function bytesOf({ base64, contentType }: Bytes): { bytes: Buffer; contentType: string } {
  const text = base64.replace(/\s/g, '');
  if (!/^[\w+/-]*={0,2}$/.test(text)) {
    throw new UnsendableAnswer('what the answer has for base64 is none');
  }
  return { bytes: Buffer.from(text, 'base64'), contentType };
}

/**
 * Whether a body is a variable whose value the caller wrote: a record in it would name a file of their choice, and a storage
 * that keeps the names of files lets them be guessed.
 */
function isOfCaller(body: unknown): boolean {
  return typeof body === 'string' && /^\{\{\s*\$context(?!\.files\b)/.test(body);
}

/** The stored file that a value is: a record, or a field of attachments with one in it. */
function fileIn(value: unknown): StoredFile | null {
  const [first, ...others] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (!isStoredFile(first)) {
    return null;
  }
  if (others.length > 0) {
    throw new UnsendableAnswer(`the answer would be ${others.length + 1} files: it holds one`);
  }
  return first;
}

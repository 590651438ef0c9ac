import { formatOf, mediaTypeOf } from '../../common/contentTypes';
import type { VerifyRequest } from './types';

/** Fields that are looked at: of what anybody may send, and of which some sort them. */
const MAX_FIELDS = 1_000;

/** A part's header lines together, and the longest boundary there may be (RFC 2046 section 5.1.1), in bytes. */
const MAX_PART_HEADERS = 8_192;
const MAX_BOUNDARY = 70;

/** Names with values, in the order in which they came. */
export type FormFields = readonly (readonly [name: string, value: string])[];

/**
 * The fields of a form: of a multipart body those that are no files, of any other body as form-urlencoded, in UTF-8.
 * Null: there are more than any sender has, or the parts can't be told.
 */
export function readFormFields({ headers, rawBody }: Pick<VerifyRequest, 'headers' | 'rawBody'>): FormFields | null {
  return isMultipart({ headers }) ? readParts(rawBody, String(headers['content-type'])) : readPairs(rawBody);
}

/** Whether the body is multipart, as its header says. */
export function isMultipart({ headers }: Pick<VerifyRequest, 'headers'>): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && formatOf(mediaTypeOf(type)) === 'multipart';
}

/** Whether the body is form-urlencoded, as its header says, or has none to be so. */
export function isFormBody({ headers, rawBody }: Pick<VerifyRequest, 'headers' | 'rawBody'>): boolean {
  const type = headers['content-type'];
  return rawBody.length === 0 || (typeof type === 'string' && formatOf(mediaTypeOf(type)) === 'form');
}

function readPairs(body: Buffer): FormFields | null {
  const text = body.toString('utf8');
  return text.split('&', MAX_FIELDS + 1).length > MAX_FIELDS ? null : [...new URLSearchParams(text)];
}

function readParts(body: Buffer, type: string): FormFields | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
  const boundary = quoted ?? plain ?? '';
  if (boundary === '' || boundary.length > MAX_BOUNDARY) {
    return null;
  }
  const fields: [string, string][] = [];
  // The first boundary has no line break before it.
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let at = body.indexOf(delimiter.subarray(2)) === 0 ? delimiter.length - 2 : after(body, delimiter, 0);
  for (let parts = 0; at !== -1 && !body.subarray(at, at + 2).equals(Buffer.from('--')); parts += 1) {
    const end = body.indexOf(delimiter, at);
    const blank = body.subarray(at, at + MAX_PART_HEADERS).indexOf('\r\n\r\n');
    if (parts >= MAX_FIELDS || end === -1 || blank === -1 || at + blank > end) {
      return null;
    }
    const head = body.toString('utf8', at, at + blank);
    const name = nameIn(head);
    if (name !== null) {
      fields.push([name, body.toString('utf8', at + blank + 4, Math.max(end, at + blank + 4))]);
    }
    at = end + delimiter.length;
  }
  return fields;
}

function after(body: Buffer, delimiter: Buffer, from: number): number {
  const found = body.indexOf(delimiter, from);
  return found === -1 ? -1 : found + delimiter.length;
}

/** A field's name; null: it is a file, or has none. */
function nameIn(head: string): string | null {
  const line = head.split('\r\n').find((text) => /^content-disposition\s*:/i.test(text)) ?? '';
  if (/;\s*filename\*?\s*=/i.test(line)) {
    return null;
  }
  const [, quoted, plain] = /;\s*name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(line) ?? [];
  return quoted?.replace(/\\(["\\])/g, '$1') ?? plain ?? null;
}

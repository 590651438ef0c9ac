import { isUtf8 } from 'node:buffer';
import { formatOf, type BodyFormat } from '../../common/contentTypes';
import { formFields, queryFields } from '../parsers/form';
import { findMediaType, readMediaType } from '../parsers/mediaType';
import { multipartFields } from '../parsers/multipart';
import { percentDecode } from '../units';
import type { VerifyRequest } from './types';

/** Fields of a form that are looked at: of what anybody may send, and of which some sort them. */
export const MAX_FIELDS = 1_000;

/** Names with values, in the order in which they came. */
export type FormFields = readonly (readonly [name: string, value: string])[];

/**
 * The fields of a form: of a multipart body those that are no files, of any other body as form-urlencoded, in UTF-8. By
 * the same reader as the workflow's: what was signed must be what the workflow sees.
 * Null: there are more than any sender has, or the parts can't be told.
 */
export function readFormFields({ headers, rawBody }: Pick<VerifyRequest, 'headers' | 'rawBody'>): FormFields | null {
  const fields = unlessRefused(() =>
    isMultipart({ headers })
      ? multipartFields(rawBody, readMediaType(String(headers['content-type'])))
      : formFields(rawBody),
  );
  return fields && fields.length > MAX_FIELDS ? null : fields;
}

/** The names and values of a URL's query, by the workflow's reader; null: there are more than that one takes. */
export function readQuery(url: string): FormFields | null {
  const start = url.indexOf('?');
  return start === -1 ? [] : unlessRefused(() => queryFields(url.slice(start + 1)));
}

/**
 * Whether what is percent-encoded in a form or query is a text in UTF-8, so that other bytes are another text: what is none
 * becomes U+FFFD, whatever it was.
 */
export function isUtf8Encoded(encoded: Buffer): boolean {
  return isUtf8(percentDecode(encoded));
}

/** As {@link isUtf8Encoded}, of the query of a URL, of which Node gives a character for each byte. */
export function isUtf8Query(url: string): boolean {
  return isUtf8Encoded(Buffer.from(url, /[^\0-\xff]/.test(url) ? 'utf8' : 'latin1'));
}

/** The values of the fields of one name. */
export function valuesOf(fields: FormFields | null, name: string): string[] {
  return fields?.flatMap(([field, value]) => (field === name ? [value] : [])) ?? [];
}

/** Whether the body is multipart, as its header says. */
export function isMultipart({ headers }: Pick<VerifyRequest, 'headers'>): boolean {
  return declaredFormat(headers) === 'multipart';
}

/** Whether the body is form-urlencoded, as its header says, or has none to be so. */
export function isFormBody({ headers, rawBody }: Pick<VerifyRequest, 'headers' | 'rawBody'>): boolean {
  return rawBody.length === 0 || declaredFormat(headers) === 'form';
}

function declaredFormat(headers: VerifyRequest['headers']): BodyFormat | null {
  const type = headers['content-type'];
  const mediaType = typeof type === 'string' ? findMediaType(type) : null;
  return mediaType && formatOf(mediaType.type);
}

function unlessRefused(read: () => FormFields): FormFields | null {
  try {
    return read();
  } catch {
    return null;
  }
}

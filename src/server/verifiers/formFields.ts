import { formatOf, type BodyFormat } from '../../common/contentTypes';
import { findMediaType, readMediaType } from '../parsers/mediaType';
import { multipartFields } from '../parsers/multipart';
import type { VerifyRequest } from './types';

/** Fields that are looked at: of what anybody may send, and of which some sort them. */
export const MAX_FIELDS = 1_000;

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

function readPairs(body: Buffer): FormFields | null {
  const text = body.toString('utf8');
  return text.split('&', MAX_FIELDS + 1).length > MAX_FIELDS ? null : [...new URLSearchParams(text)];
}

/** By the same reader as the workflow's: what was signed must be what the workflow sees. */
function readParts(body: Buffer, type: string): FormFields | null {
  try {
    const fields = multipartFields(body, readMediaType(type));
    return fields.length > MAX_FIELDS ? null : fields;
  } catch {
    return null;
  }
}

import { createHash } from 'node:crypto';
import type { RequestSource } from '../common/requestSource';
import { formPath } from './parsers/fields/formPath';
import { exactNumber } from './jsonNumbers';
import type { Parsed } from './pipeline/types';

/** What of a parsed request is looked at. */
export type ValueRequest = Pick<
  Parsed,
  'headers' | 'query' | 'params' | 'data' | 'format' | 'sourceData' | 'rawBody' | 'uploads'
> & {
  verification: Pick<Parsed['verification'], 'plaintext'>;
};

/** The value that a source names, as text; null: it isn't there, is empty, or is no text or number. */
export function requestValue(request: ValueRequest, source: RequestSource): string | null {
  const value = source.place === 'body' ? contentOf(request) : namedValue(request, source.place, source.name);
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;
}

function contentOf(request: ValueRequest): string | null {
  return bodyOf(request).length === 0 ? null : bodyDigest(request);
}

function namedValue(request: ValueRequest, place: Exclude<RequestSource['place'], 'body'>, name: string): unknown {
  const { headers, query, params, data } = request;
  switch (place) {
    case 'header':
      return own(headers, name.toLowerCase());
    case 'query':
      return at(query, formPath(name));
    case 'params':
      return own(params, name);
    case 'form':
      return isForm(request) ? asText(at(data, formPath(name))) : undefined;
    case 'json':
      return jsonValue(request, name.split('.'));
  }
}

/**
 * SHA-256 of a body, in hex: of the received bytes without their content coding, decrypted where they were encrypted.
 * Of a multipart body, of its parts: what stands between them is made up anew each time that the same is sent.
 */
export function bodyDigest(request: ValueRequest): string {
  const hash = createHash('sha256');
  if (request.format !== 'multipart') {
    return hash.update(bodyOf(request)).digest('hex');
  }
  hash.update(JSON.stringify(request.data));
  for (const { content, ...about } of request.uploads) {
    hash.update(`\n${JSON.stringify(about)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function bodyOf({ rawBody, verification }: ValueRequest): Buffer {
  return verification.plaintext?.body ?? rawBody;
}

function isForm({ format }: ValueRequest): boolean {
  return format === 'form' || format === 'multipart';
}

/** JSON of a field that was opened tells as much as its text did. */
function asText(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** A number is read off what was sent: as JavaScript has it, two ids could have become one. */
function jsonValue(request: ValueRequest, path: readonly string[]): unknown {
  const value = at(request.data, path);
  if (typeof value !== 'number' || !MAY_BE_INEXACT.test(bodyOf(request).toString('latin1'))) {
    return value;
  }
  const sent = at(request.sourceData(), path);
  return typeof sent === 'string' ? exactNumber(sent) : value;
}

/** So many digits, or an exponent: shorter numbers are all different in JavaScript too. */
const MAY_BE_INEXACT = /[\d.]{16}|\d[eE][+-]?\d/;

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce(own, value);
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

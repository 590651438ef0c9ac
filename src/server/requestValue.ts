import { createHash } from 'node:crypto';
import { formatOf } from '../common/contentTypes';
import type { RequestSource } from '../common/requestSource';
import { formPath } from './parsers/fields/formPath';
import { readMediaType } from './parsers/mediaType';
import type { Parsed } from './pipeline/types';

/** What of a parsed request is looked at. */
export type ValueRequest = Pick<Parsed, 'headers' | 'query' | 'params' | 'data' | 'rawBody' | 'uploads'> & {
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
      return isForm(request) ? at(data, formPath(name)) : undefined;
    case 'json':
      return at(data, name.split('.'));
  }
}

/**
 * SHA-256 of a body, in hex: of the received bytes without their content coding, decrypted where they were encrypted.
 * Of a multipart body, of its parts: what stands between them is made up anew each time that the same is sent.
 */
export function bodyDigest(request: ValueRequest): string {
  const hash = createHash('sha256');
  if (declaredFormat(request) !== 'multipart') {
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

function isForm(request: ValueRequest): boolean {
  return ['form', 'multipart'].includes(declaredFormat(request) ?? '');
}

/** What the parser went by; it has refused what can't be read. */
function declaredFormat({ headers, verification: { plaintext } }: ValueRequest): string | null {
  const declared = plaintext?.contentType ?? headers['content-type'];
  return typeof declared === 'string' && declared.trim() !== '' ? formatOf(readMediaType(declared).type) : null;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce(own, value);
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

import {
  isInnerList,
  parseDictionary,
  serializeInnerList,
  serializeItem,
  serializeList,
  type BareItem,
  type InnerList,
  type Item,
  type Parameters,
} from 'structured-headers';
import type { VerifyRequest } from '../types';

type SignedRequest = Pick<VerifyRequest, 'method' | 'url' | 'headers'>;

/** `scheme://authority` (missing in a path alone), path, query; without normalising a byte of it. */
const URL_PARTS = /^(?:([a-z]+):\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?$/i;
const DEFAULT_PORT: Record<string, string> = { http: ':80', https: ':443' };

/**
 * The text that a request signature covers (RFC 9421, section 2.5).
 * Null if a component is missing, is named twice, or isn't one that a request has.
 */
export function signatureBase(request: SignedRequest, input: InnerList): string | null {
  const lines: string[] = [];
  const seen = new Set<string>();
  for (const item of input[0]) {
    const name = item[0];
    const identifier = serializeItem(item);
    const value = typeof name === 'string' && !seen.has(identifier) ? component(request, name, item[1]) : null;
    if (value === null || /[\r\n]/.test(value)) {
      return null;
    }
    seen.add(identifier);
    lines.push(`${identifier}: ${value}`);
  }
  return [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n');
}

function component(request: SignedRequest, name: string, params: Parameters): string | null {
  if (!name.startsWith('@')) {
    return name === name.toLowerCase() ? field(request, name, params) : null;
  }
  const derived = derive(request);
  if (name === '@query-param') {
    return params.size === 1 ? queryParam(derived?.['@query'] ?? null, params.get('name')) : null;
  }
  return params.size === 0 && derived && Object.hasOwn(derived, name) ? (derived[name] ?? null) : null;
}

/** The derived components, section 2.2; null: the request's URL doesn't say. */
function derive({ method, url }: SignedRequest): Record<string, string | null> | null {
  const parts = URL_PARTS.exec(url);
  if (!parts) {
    return null;
  }
  const scheme = parts[1]?.toLowerCase() ?? null;
  const path = parts[3] || '/';
  const query = parts[4] ?? '';
  const port = scheme === null ? '' : (DEFAULT_PORT[scheme] ?? '');
  const authority = parts[2]?.toLowerCase() ?? null;
  return {
    '@method': method,
    '@scheme': scheme,
    '@authority':
      authority !== null && port !== '' && authority.endsWith(port) ? authority.slice(0, -port.length) : authority,
    '@target-uri': scheme === null ? null : url,
    '@request-target': `${path}${query}`,
    '@path': path,
    '@query': query === '' ? '?' : query,
  };
}

/** Section 2.2.8: a name that occurs twice can't be told apart, so it isn't taken. */
function queryParam(query: string | null, name: BareItem | undefined): string | null {
  if (query === null || typeof name !== 'string') {
    return null;
  }
  const values = [...new URLSearchParams(query)].filter(([key]) => formEncode(key) === name);
  return values.length === 1 && values[0] ? formEncode(values[0][1]) : null;
}

function formEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A header field, section 2.1, with `bs` or `key`. `sf`, `tr` and `req` need more than a request's headers tell. */
function field({ headers }: SignedRequest, name: string, params: Parameters): string | null {
  const header = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (header === undefined) {
    return null;
  }
  const values = (Array.isArray(header) ? header : [header]).map((value) => value.trim());
  if (params.size === 0) {
    return values.join(', ');
  }
  const key = params.get('key');
  if (params.size === 1 && typeof key === 'string') {
    return dictionaryMember(values.join(', '), key);
  }
  return params.size === 1 && params.get('bs') === true
    ? values.map((value) => `:${Buffer.from(value, 'latin1').toString('base64')}:`).join(', ')
    : null;
}

function dictionaryMember(value: string, key: string): string | null {
  try {
    const member: Item | InnerList | undefined = parseDictionary(value).get(key);
    if (!member) {
      return null;
    }
    return isInnerList(member) ? serializeInnerList(member) : serializeList([member]);
  } catch {
    return null;
  }
}

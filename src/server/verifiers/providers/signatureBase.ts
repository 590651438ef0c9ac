import {
  isInnerList,
  parseDictionary,
  serializeInnerList,
  serializeItem,
  serializeList,
  type BareItem,
  type Dictionary,
  type InnerList,
  type Parameters,
} from 'structured-headers';
import { readQuery } from '../formFields';
import type { VerifyRequest } from '../types';

type SignedRequest = Pick<VerifyRequest, 'method' | 'url' | 'headers'>;

/** What of one request was taken apart already: a signature may name a thousand members of one header. */
export interface TakenApart {
  /** Headers as dictionaries, by name; null: it is none. */
  dictionaries: Map<string, Dictionary | null>;
  /** Members of dictionaries as they are signed, by header and key: ten signatures may name one that is long. */
  members: Map<string, string>;
  /** Encoded values of the query by encoded name. */
  query: Map<string, string[]> | null;
}

/** Nothing yet. */
export function takenApart(): TakenApart {
  return { dictionaries: new Map(), members: new Map(), query: null };
}

/** `scheme://authority` (missing in a path alone), path, query; without normalising a byte of it. */
const URL_PARTS = /^(?:([a-z]+):\/\/([^/?#]*)(?![^/?#]))?([^?#]*)(\?[^#]*)?$/i;
const DEFAULT_PORT: Record<string, string> = { http: ':80', https: ':443' };

/**
 * The text that a request signature covers (RFC 9421, section 2.5).
 * Null if a component is missing, is named twice, or isn't one that a request has.
 * @param parts of this request, for all of its signatures
 */
export function signatureBase(request: SignedRequest, input: InnerList, parts: TakenApart): string | null {
  const lines: string[] = [];
  const seen = new Set<string>();
  for (const item of input[0]) {
    const name = item[0];
    const identifier = serializeItem(item);
    const value = typeof name === 'string' && !seen.has(identifier) ? component(request, name, item[1], parts) : null;
    if (value === null || /[\r\n]/.test(value)) {
      return null;
    }
    seen.add(identifier);
    lines.push(`${identifier}: ${value}`);
  }
  return [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n');
}

function component(request: SignedRequest, name: string, params: Parameters, parts: TakenApart): string | null {
  if (!name.startsWith('@')) {
    return name === name.toLowerCase() ? field(request, name, params, parts) : null;
  }
  if (name === '@query-param') {
    return params.size === 1 ? queryParam(request, params.get('name'), parts) : null;
  }
  // Of each of these there is one, so that none is asked for more than once.
  const derived = params.size === 0 ? derive(request) : null;
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
function queryParam(request: SignedRequest, name: BareItem | undefined, parts: TakenApart): string | null {
  parts.query ??= encodedQuery(URL_PARTS.exec(request.url)?.[4] ?? '');
  const [value, ...more] = typeof name === 'string' ? (parts.query.get(name) ?? []) : [];
  return more.length === 0 ? (value ?? null) : null;
}

function encodedQuery(query: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of readQuery(query) ?? []) {
    const key = formEncode(name);
    const before = values.get(key);
    if (before) {
      before.push(formEncode(value));
    } else {
      values.set(key, [formEncode(value)]);
    }
  }
  return values;
}

function formEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A header field, section 2.1, with `bs` or `key`. `sf`, `tr` and `req` need more than a request's headers tell. */
function field({ headers }: SignedRequest, name: string, params: Parameters, parts: TakenApart): string | null {
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
    return dictionaryMember(name, values.join(', '), key, parts);
  }
  return params.size === 1 && params.get('bs') === true
    ? values.map((value) => `:${Buffer.from(value, 'latin1').toString('base64')}:`).join(', ')
    : null;
}

function dictionaryMember(name: string, value: string, key: string, parts: TakenApart): string | null {
  const { dictionaries, members } = parts;
  let dictionary = dictionaries.get(name);
  if (dictionary === undefined) {
    dictionary = dictionaryOf(value);
    dictionaries.set(name, dictionary);
  }
  const member = dictionary?.get(key);
  if (!member) {
    return null;
  }
  // A space is in no header's name.
  const place = `${name} ${key}`;
  const text = members.get(place) ?? (isInnerList(member) ? serializeInnerList(member) : serializeList([member]));
  members.set(place, text);
  return text;
}

function dictionaryOf(value: string): Dictionary | null {
  try {
    return parseDictionary(value);
  } catch {
    return null;
  }
}

import { createHash } from 'node:crypto';
import type { RequestSource, RequestSources } from '../common/requestSource';
import { eventText, eventTypes } from '../common/events';
import { parseDataPath } from '../common/dataPath';
import { formPath } from '../common/formPath';
import type { Endpoint } from './endpoints/Endpoint';
import type { Parsed } from './pipeline/types';
import { textDigest } from './textDigest';

/** What of a parsed request is looked at. */
export type ValueRequest = Pick<
  Parsed,
  'headers' | 'query' | 'params' | 'data' | 'format' | 'sourceData' | 'rawBody' | 'partsDigest'
> & {
  endpoint: Pick<Endpoint, 'variables' | 'eventPlaces'>;
  verification: Pick<Parsed['verification'], 'plaintext'>;
};

/** The value that a source names, as text; null: it isn't there, is empty, or is no text or number. */
export function requestValue(request: ValueRequest, source: RequestSource): string | null {
  const value = valueOf(request, source);
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;
}

/** As {@link requestValue}; several values count by their digest, and are null where none of them is there. */
export function requestValues(request: ValueRequest, sources: RequestSources): string | null {
  if (sources.place !== 'fields') {
    return requestValue(request, sources);
  }
  const values = sources.fields.map((field) => requestValue(request, field));
  return values.some((value) => value !== null) ? textDigest(JSON.stringify(values)) : null;
}

function valueOf(request: ValueRequest, source: RequestSource): unknown {
  switch (source.place) {
    case 'body':
      return contentOf(request);
    case 'event':
      return eventText(eventTypes(request.endpoint.eventPlaces, request));
    default:
      return namedValue(request, source.place, source.name);
  }
}

function contentOf(request: ValueRequest): string | null {
  return bodyOf(request).length === 0 ? null : bodyDigest(request);
}

function namedValue(
  request: ValueRequest,
  place: Exclude<RequestSource['place'], 'body' | 'event'>,
  name: string,
): unknown {
  const { headers, query, params, endpoint } = request;
  switch (place) {
    case 'header':
      return own(headers, name.toLowerCase());
    case 'query':
      return at(query, formPath(name));
    case 'params':
      return own(params, name);
    case 'form':
      return isForm(request) ? formValue(request, formPath(name)) : undefined;
    case 'json':
      return jsonValue(request, parseDataPath(name) ?? []);
    case 'vars': {
      const variable = endpoint.variables.find(({ alias }) => alias === name);
      return (
        variable &&
        (variable.group === 'data' ? jsonValue(request, variable.names) : at(request[variable.group], variable.names))
      );
    }
  }
}

/**
 * SHA-256 of a body, in hex: of the received bytes without their content coding, decrypted where they were encrypted.
 * Of a multipart body, of its parts: what stands between them is made up anew each time that the same is sent.
 */
export function bodyDigest(request: ValueRequest): string {
  return request.partsDigest?.() ?? createHash('sha256').update(bodyOf(request)).digest('hex');
}

function bodyOf({ rawBody, verification }: Pick<ValueRequest, 'rawBody' | 'verification'>): Buffer {
  return verification.plaintext?.body ?? rawBody;
}

function isForm({ format }: ValueRequest): boolean {
  return format === 'form' || format === 'multipart';
}

/** JSON of a field that was opened tells as much as its text did: with the digits that were sent. */
function formValue(request: ValueRequest, path: readonly string[]): unknown {
  const value = at(request.data, path);
  return typeof value === 'object' && value !== null ? JSON.stringify(at(request.sourceData(), path)) : value;
}

/** A number is read off what was sent: as JavaScript has it, two ids could have become one. */
function jsonValue(request: ValueRequest, path: readonly string[]): unknown {
  const value = at(request.data, path);
  if (typeof value !== 'number' || !mayBeInexact(request)) {
    return value;
  }
  const sent = at(request.sourceData(), path);
  return typeof sent === 'string' ? sent : value;
}

/** So many digits, or an exponent: shorter numbers are all different in JavaScript too. */
const MAY_BE_INEXACT = /[\d.]{16}|\d[eE][+-]?\d/;
/** Only where a body has its digits as they are can that be told without reading it anew. */
function mayBeInexact(request: ValueRequest): boolean {
  const body = bodyOf(request);
  const isPlain = request.format === 'json' || request.format === 'ndjson';
  return !isPlain || body.includes(0) || MAY_BE_INEXACT.test(body.toString('latin1'));
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce(own, value);
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

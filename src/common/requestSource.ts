// Framework-free: how a maker says which value of a request is meant. One grammar for all settings that name one.

import { parseDataPath } from './dataPath';

/** Places in which a value has a name. */
const PLACES = ['header', 'query', 'json', 'form', 'params', 'vars'] as const;

/** Longest text that names a source, in characters. */
export const MAX_SOURCE = 300;

/** One value of a request. */
export type RequestSource =
  /**
   * `json` names are paths as `parseDataPath` reads them (`a.b`, `list.0.id`, `["a.b"]`); the fields of a `form` have the
   * names that they are sent with; `vars` are variables by their alias.
   */
  | { place: (typeof PLACES)[number]; name: string }
  /** The whole body, known by its digest; the type of what happened. */
  | { place: 'body' | 'event' };

/** One value, or several that count together. */
export type RequestSources = RequestSource | { place: 'fields'; fields: RequestSource[] };

/** Reads `header:…` `query:…` `json:a.b` `form:…` `params:…` `vars:…` `event` `body`; null: it is none of these. */
export function parseSource(text: string): RequestSource | null {
  if (text === 'body' || text === 'event') {
    return { place: text };
  }
  const colon = text.indexOf(':');
  const place = PLACES.find((candidate) => candidate === text.slice(0, colon));
  const name = text.slice(colon + 1);
  const isNamed = name.trim() !== '' && (place !== 'json' || parseDataPath(name) !== null);
  return place && isNamed ? { place, name } : null;
}

/** As {@link parseSource}, and `fields:json:a,header:b` for several together. */
export function parseSources(text: string): RequestSources | null {
  if (!text.startsWith('fields:')) {
    return parseSource(text);
  }
  const fields = splitSources(text.slice('fields:'.length)).map((field) => parseSource(field.trim()));
  return fields.every((field) => field !== null) ? { place: 'fields', fields } : null;
}

/** The aliases that a source names. */
export function aliasesIn(sources: RequestSources | null): string[] {
  const all = sources?.place === 'fields' ? sources.fields : sources ? [sources] : [];
  return all.flatMap((source) => (source.place === 'vars' ? source.name : []));
}

/** A list of sources, as each was written. */
export function splitSources(text: string): string[] {
  // At the commas, but for those in quoted names.
  const fields = [''];
  for (const part of text.match(/\["(?:[^"\\]|\\.)*"\]|[^]/g) ?? []) {
    if (part === ',') {
      fields.push('');
    } else {
      fields.push(`${fields.pop() ?? ''}${part}`);
    }
  }
  return fields;
}

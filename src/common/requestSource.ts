// Framework-free: how a maker says which value of a request is meant. One grammar for all settings that name one.

/** Places in which a value has a name. */
const PLACES = ['header', 'query', 'json', 'form', 'params'] as const;

/** Longest text that names a source, in characters. */
export const MAX_SOURCE = 300;

/** One value of a request. */
export type RequestSource =
  /** `json` names go down with dots (`a.b`, `list.0.id`); the fields of a `form` have the names that they are sent with. */
  | { place: (typeof PLACES)[number]; name: string }
  /** The whole body, known by its digest. */
  | { place: 'body' };

/** One value, or several that count together. */
export type RequestSources = RequestSource | { place: 'fields'; fields: RequestSource[] };

/** Reads `header:…` `query:…` `json:a.b` `form:…` `params:…` `body`; null: it is none of these. */
export function parseSource(text: string): RequestSource | null {
  if (text === 'body') {
    return { place: 'body' };
  }
  const colon = text.indexOf(':');
  const place = PLACES.find((candidate) => candidate === text.slice(0, colon));
  const name = text.slice(colon + 1);
  return place && name.trim() !== '' ? { place, name } : null;
}

/** As {@link parseSource}, and `fields:json:a,header:b` for several together. */
export function parseSources(text: string): RequestSources | null {
  if (!text.startsWith('fields:')) {
    return parseSource(text);
  }
  const fields = text
    .slice('fields:'.length)
    .split(',')
    .map((field) => parseSource(field.trim()));
  return fields.every((field) => field !== null) ? { place: 'fields', fields } : null;
}

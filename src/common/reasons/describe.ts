import { REASONS } from './catalogue';
import type { ReasonEntry, ValueKind } from './entry';
import type { Reason } from './reason';

/** Turns an English text into the reader's language; `values` fill its `{{…}}`. */
type Translate = (text: string, values: Record<string, string>) => string;

/** A reason as it is stored, and comes from the API: perhaps of another version, perhaps erased. */
export interface StoredReason {
  reasonCode: string | null;
  reasonValues: Readonly<Record<string, unknown>> | null;
}

/** What the places of a request are called, by how the settings begin to name them. */
export const PLACE_TEXTS = {
  header: 'The header "{{name}}"',
  query: 'The query parameter "{{name}}"',
  json: 'The field of the JSON body "{{name}}"',
  xml: 'The element of the XML body "{{name}}"',
  form: 'The field of the form "{{name}}"',
  'form-json': 'The JSON in the form, at "{{name}}"',
  path: 'The part of the path "{{name}}"',
  config: 'The setting "{{name}}"',
  sig: 'The part "{{name}}" beside the signature',
  other: 'The value "{{name}}"',
} as const;

/** Of two places of which one would do. */
export const EITHER_TEXT = '{{one}} or {{other}}';

/** Stands for a value that was erased. */
const GONE = '…';

/** The entry of a code; undefined: this version has none. */
export function findReason(code: string): ReasonEntry | undefined {
  const all: Readonly<Record<string, ReasonEntry>> = REASONS;
  return Object.hasOwn(all, code) ? all[code] : undefined;
}

/** A stored reason as a sentence; of a code that this version doesn't know, the code; empty: there is none. */
export function describeStored({ reasonCode, reasonValues }: StoredReason, translate: Translate): string {
  const entry = reasonCode === null ? undefined : findReason(reasonCode);
  if (!entry) {
    return reasonCode ?? '';
  }
  const values = reasonValues ?? {};
  const shown = Object.entries(entry.values ?? {}).map(([name, kind]) => [name, show(values[name], kind, translate)]);
  const detail = entry.details && { detail: detailOf(entry.details, values.detail, translate) };
  return translate(entry.text, { ...(Object.fromEntries(shown) as Record<string, string>), ...detail }).trim();
}

/** A reason as an English sentence, for the log and the command line. */
export function inEnglish({ code, values }: Reason): string {
  return describeStored({ reasonCode: code, reasonValues: values as Record<string, unknown> }, fill);
}

function detailOf(details: Readonly<Record<string, string>>, detail: unknown, translate: Translate): string {
  const text = typeof detail === 'string' && Object.hasOwn(details, detail) ? details[detail] : undefined;
  return text === undefined ? GONE : translate(text, {});
}

function show(value: unknown, kind: ValueKind, translate: Translate): string {
  const texts = [value].flat().filter((item) => typeof item === 'string' || typeof item === 'number');
  if (texts.length === 0) {
    return GONE;
  }
  const isPlace = kind === 'place' || kind === 'places';
  return isPlace
    ? texts
        .map((text) => placeOf(String(text), translate))
        .reduce((one, other) => translate(EITHER_TEXT, { one, other }))
    : texts.join(', ');
}

function placeOf(source: string, translate: Translate): string {
  const colon = source.indexOf(':');
  const kind = source.slice(0, Math.max(colon, 0));
  const texts: Readonly<Record<string, string>> = PLACE_TEXTS;
  const text = (Object.hasOwn(texts, kind) && texts[kind]) || PLACE_TEXTS.other;
  return translate(text, { name: source.slice(colon + 1) });
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

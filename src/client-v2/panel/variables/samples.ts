import type { DeclaredVariable, VariableType } from '../../../common/config';
import { formatDataPath } from '../../../common/dataPath';
import { formPath } from '../../../common/formPath';
import { isRecord } from '../../../common/rules';

/** A way to read variables from a pasted sample. */
export interface Sample {
  /** Null: this isn't such a sample. */
  read: (pasted: string) => DeclaredVariable[] | null;
  /** What to paste; English, and the i18n key. */
  hint: string;
  /** It is a body, of which providers have examples. */
  isBody?: boolean;
}

/** Deeper than this, or beyond so many, a sample makes a list that nobody picks from. */
const MAX_DEPTH = 8;
const MAX_VARIABLES = 400;
/** Items of a list that are looked at for the fields they have. */
const MAX_ITEMS = 20;

/** ISO 8601 with a time, as JSON APIs write it. A bare date is left as text: it may be a version or a name. */
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Every field of a JSON body, by its path; a list's own fields are those of its items. */
export function fromJson(pasted: string): DeclaredVariable[] | null {
  try {
    const found = new Map<string, DeclaredVariable>();
    collect(JSON.parse(pasted), [], found);
    return [...found.values()];
  } catch {
    return null;
  }
}

/** Headers as `Name: value` lines; names in lower case, as `$context.headers` has them. */
export function fromHeaders(pasted: string): DeclaredVariable[] {
  const names = pasted
    .split(/\r?\n/)
    .flatMap((line) => /^\s*([!#$%&'*+\-.^_`|~\w]+)\s*:/.exec(line)?.[1]?.toLowerCase() ?? []);
  return [...new Set(names)].map((path) => ({ path, type: 'string' }));
}

/** Query parameters of a URL or of a bare query string, by their paths; `a[b]` is `a.b`, as the server reads it. */
export function fromQuery(pasted: string): DeclaredVariable[] {
  const [query] = pasted
    .trim()
    .replace(/^[^?]*\?/, '')
    .split('#', 1);
  const found = new Map<string, DeclaredVariable>();
  for (const name of new URLSearchParams(query).keys()) {
    const names = formPath(name);
    const isList = names.length > 1 && names.at(-1) === '';
    const path = formatDataPath(isList ? names.slice(0, -1) : names);
    found.set(path, { path, type: found.has(path) || isList ? 'array' : 'string' });
  }
  return [...found.values()];
}

/** What was declared before stays as it is; what is new comes after it. */
export function mergeDeclared(
  declared: readonly DeclaredVariable[],
  found: readonly DeclaredVariable[],
): DeclaredVariable[] {
  const known = new Set(declared.map(({ path }) => path));
  return [...declared, ...found.filter(({ path }) => !known.has(path))];
}

function collect(value: unknown, names: readonly string[], found: Map<string, DeclaredVariable>): void {
  if (names.length > MAX_DEPTH || found.size >= MAX_VARIABLES) {
    return;
  }
  const path = formatDataPath(names);
  if (names.length > 0 && !found.has(path)) {
    found.set(path, { path, ...typeOf(value) });
  }
  const objects = Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value];
  for (const [name, child] of objects.filter(isRecord).flatMap((object) => Object.entries(object))) {
    collect(child, [...names, name], found);
  }
}

function typeOf(value: unknown): { type?: VariableType } {
  if (value === null || value === undefined) {
    return {};
  }
  if (Array.isArray(value)) {
    return { type: 'array' };
  }
  if (typeof value === 'string') {
    return { type: ISO_DATE.test(value) ? 'date' : 'string' };
  }
  return { type: typeof value as 'number' | 'boolean' | 'object' };
}

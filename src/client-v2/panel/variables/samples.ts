import type { DeclaredVariable, VariableType } from '../../../common/config';

/** A way to read variables from a pasted sample. */
export interface Sample {
  /** Null: this isn't such a sample. */
  read: (pasted: string) => DeclaredVariable[] | null;
  /** What to paste; English, and the i18n key. */
  hint: string;
}

/** Deeper than this, or beyond so many, a sample makes a list that nobody picks from. */
const MAX_DEPTH = 8;
const MAX_VARIABLES = 400;
/** Items of a list that are looked at for the fields they have. */
const MAX_ITEMS = 20;

/** ISO 8601 with a time, as JSON APIs write it. A bare date is left as text: it may be a version or a name. */
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Every field of a JSON body, nested ones with dots; a list's own fields are those of its items. */
export function fromJson(pasted: string): DeclaredVariable[] | null {
  try {
    const found = new Map<string, DeclaredVariable>();
    collect(JSON.parse(pasted), '', 0, found);
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

/** Query parameters of a URL or of a bare query string; `a[b]` is `a.b`, as the server reads it. */
export function fromQuery(pasted: string): DeclaredVariable[] {
  const query = pasted
    .trim()
    .replace(/^[^?]*\?/, '')
    .replace(/#.*$/, '');
  const found = new Map<string, DeclaredVariable>();
  for (const name of new URLSearchParams(query).keys()) {
    const path = name.replace(/\[(\w+)\]/g, '.$1').replace(/\[\]$/, '');
    if (isAddressable(path)) {
      found.set(path, { path, type: found.has(path) || name.endsWith('[]') ? 'array' : 'string' });
    }
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

function collect(value: unknown, at: string, depth: number, found: Map<string, DeclaredVariable>): void {
  if (depth > MAX_DEPTH || found.size >= MAX_VARIABLES) {
    return;
  }
  if (at && !found.has(at)) {
    found.set(at, { path: at, ...typeOf(value) });
  }
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MAX_ITEMS)) {
      if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
        collectFields(item, at, depth, found);
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    collectFields(value, at, depth, found);
  }
}

function collectFields(value: object, at: string, depth: number, found: Map<string, DeclaredVariable>): void {
  for (const [key, child] of Object.entries(value)) {
    if (isAddressable(key) && !key.includes('.')) {
      collect(child, at ? `${at}.${key}` : key, depth + 1, found);
    }
  }
}

/** Whether a variable reference can name it: NocoBase's templates allow no quotes, brackets or braces. */
function isAddressable(path: string): boolean {
  return /^[\w\-+@/?=*$,. ]+$/.test(path) && path.split('.').every(Boolean);
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

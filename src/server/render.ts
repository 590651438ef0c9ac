/** What `{{variables}}` are looked up in: `$context`, `$env` and the like. */
export type Scope = Readonly<Record<string, unknown>>;

/** NocoBase's own notation, with letters of any script: `{{path}}`, or `{{path:default}}`. */
const VARIABLE = /\{\{([\p{L}\p{N}\s:+.,@/()?=*_$-]+)\}\}/gu;

/** Text that is one variable and nothing else. */
const ONLY_VARIABLE = new RegExp(`^${VARIABLE.source}$`, 'u');

/**
 * Fills the `{{variables}}` of a template: JSON of any shape. A text that is one variable becomes its value,
 * of whatever type. What is filled in is data, never a template itself.
 */
export function render(template: unknown, scope: Scope): unknown {
  if (typeof template === 'string') {
    const [, only] = ONLY_VARIABLE.exec(template) ?? [];
    return only === undefined ? renderText(template, scope) : valueOf(only, scope);
  }
  if (Array.isArray(template)) {
    return template.map((item) => render(item, scope));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(
      Object.entries(template).map(([key, value]) => [renderText(key, scope), render(value, scope)]),
    );
  }
  return template;
}

/** Fills the `{{variables}}` of a text, each value made safe by `escape` where it goes in. */
export function renderText(template: string, scope: Scope, escape: (text: string) => string = (text) => text): string {
  return template.replace(VARIABLE, (_match, variable: string) => escape(toText(valueOf(variable, scope))));
}

/** A value as text: JSON where it isn't text already; nothing for what isn't there. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function valueOf(variable: string, scope: Scope): unknown {
  const [path = '', ...rest] = variable.trim().split(':');
  const value = path.split('.').reduce(member, scope);
  if (value === undefined) {
    return rest.length > 0 ? rest.join(':') : undefined;
  }
  return typeof value === 'function' ? (value as () => unknown)() : value;
}

/**
 * What `name` is of `value`. Of a list, where `name` is no position in it: the column with that name, as in
 * NocoBase's own templates. Functions only where they were put, so that none of JavaScript's own is called.
 */
function member(value: unknown, name: string): unknown {
  if (value === undefined || value === null || name === '__proto__') {
    return undefined;
  }
  if (Array.isArray(value) && !Object.hasOwn(value, name)) {
    return /^\d+$/.test(name) ? undefined : value.flatMap((item) => member(item, name));
  }
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'function' && !Object.hasOwn(value as object, name) ? undefined : found;
}

// Framework-free: what a JSON Schema says about the variables of a request.

import type { DeclaredVariable, JsonSchema, VariableGroup, VariableType, WebhookConfig } from './config';
import { isRecord } from './rules';

/** Deeper than this, or beyond so many, a schema makes a list that nobody picks from. */
const MAX_DEPTH = 8;
const MAX_VARIABLES = 400;

/** What can be part of a variable's path: NocoBase's templates allow no quotes, brackets or braces in it. */
const ADDRESSABLE = /^[\w\-+@/?=*$, ]+$/;

/**
 * The variables of every part of a request: those that the maker declared, and behind them those that the
 * schemas name. A declared one goes before one of the same path that a schema names.
 */
export function requestVariables(config: WebhookConfig): Record<VariableGroup, DeclaredVariable[]> {
  const { variables, body, headers, query } = config;
  return {
    data: merge(variables.data, body.schema),
    headers: merge(variables.headers, headers.schema),
    query: merge(variables.query, query.schema),
    params: variables.params,
  };
}

/** Every property that a schema names, nested ones with dots; a list's are those of its items. */
export function schemaVariables(schema: JsonSchema): DeclaredVariable[] {
  const found = new Map<string, DeclaredVariable>();
  collect(schema, '', { root: schema, depth: 0, found });
  return [...found.values()];
}

interface Walk {
  root: JsonSchema;
  depth: number;
  found: Map<string, DeclaredVariable>;
}

function merge(declared: readonly DeclaredVariable[], schema: JsonSchema | null): DeclaredVariable[] {
  const known = new Set(declared.map(({ path }) => path));
  return [...declared, ...(schema ? schemaVariables(schema) : []).filter(({ path }) => !known.has(path))];
}

function collect(value: unknown, at: string, walk: Walk): void {
  if (!isRecord(value) || walk.depth > MAX_DEPTH) {
    return;
  }
  const deeper = { ...walk, depth: walk.depth + 1 };
  const target = typeof value.$ref === 'string' ? resolve(value.$ref, walk.root) : undefined;
  // What is added in place, by a reference or a choice, counts a level too: it may lead back here.
  const inPlace = [target, ...['allOf', 'anyOf', 'oneOf'].flatMap((key) => listOf(value[key])), value.then, value.else];
  for (const part of inPlace) {
    collect(part, at, deeper);
  }
  collect(Array.isArray(value.items) ? undefined : value.items, at, deeper);
  for (const [name, property] of Object.entries(isRecord(value.properties) ? value.properties : {})) {
    const path = at === '' ? name : `${at}.${name}`;
    if (ADDRESSABLE.test(name) && walk.found.size < MAX_VARIABLES) {
      if (!walk.found.has(path)) {
        walk.found.set(path, describe(path, property, walk.root));
      }
      collect(property, path, deeper);
    }
  }
}

function describe(path: string, property: unknown, root: JsonSchema): DeclaredVariable {
  const own = isRecord(property) ? property : {};
  const target = typeof own.$ref === 'string' ? resolve(own.$ref, root) : undefined;
  const { title, ...schema } = { ...(isRecord(target) ? target : {}), ...own };
  const type = typeOf(schema);
  return { path, ...(typeof title === 'string' && title !== '' ? { title } : {}), ...(type ? { type } : {}) };
}

const TYPES: Record<string, VariableType> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
};

/** The one type that it has beside `null`; undefined: it may be of several. */
function typeOf({ type, format }: JsonSchema): VariableType | undefined {
  const [only, ...others] = listOf(type).filter((name) => name !== 'null');
  if (others.length > 0 || typeof only !== 'string') {
    return undefined;
  }
  return only === 'string' && (format === 'date-time' || format === 'date') ? 'date' : TYPES[only];
}

/** The part of the schema that a reference within it names; undefined: it names none. */
function resolve(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) {
    return undefined;
  }
  return reference
    .slice(1)
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined), root);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

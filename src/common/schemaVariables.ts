// Framework-free: what a JSON Schema says about the variables of a request.

import type { DeclaredVariable, JsonSchema, VariableGroup, VariableType } from './config';
import { formatDataPath } from './dataPath';
import { isRecord } from './rules';

/** Deeper than this, or beyond so many, a schema makes a list that nobody picks from. */
const MAX_DEPTH = 8;
const MAX_VARIABLES = 400;

/** Every property that a schema names, nested ones by their paths; a list's are those of its items. Headers and path parameters don't nest. */
export function schemaVariables(schema: JsonSchema, group: VariableGroup): DeclaredVariable[] {
  const found = new Map<string, DeclaredVariable>();
  collect(schema, [], { root: schema, depth: 0, isFlat: group === 'headers' || group === 'params', found });
  return [...found.values()];
}

interface Walk {
  root: JsonSchema;
  depth: number;
  isFlat: boolean;
  found: Map<string, DeclaredVariable>;
}

function collect(value: unknown, at: readonly string[], walk: Walk): void {
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
    if (walk.found.size < MAX_VARIABLES) {
      const names = [...at, name];
      const path = walk.isFlat ? name : formatDataPath(names);
      if (!walk.found.has(path)) {
        walk.found.set(path, describe(path, property, walk.root));
      }
      if (!walk.isFlat) {
        collect(property, names, deeper);
      }
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

// Framework-free: a first JSON Schema, made from one example.

import type { JsonSchema } from './config';
import { isRecord } from './rules';

/** ISO 8601 with a time, as JSON APIs write it. */
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Items of a list that are looked at. */
const MAX_ITEMS = 50;
/** Inside this many lists and objects, anything goes. */
const MAX_DEPTH = 20;

/**
 * A schema that the sample satisfies, for the maker to go on from: the types found, and every property of the
 * sample asked for. What the sample doesn't hold is allowed.
 */
export function schemaFromSample(sample: unknown): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schemaOf(sample, 0) };
}

function schemaOf(value: unknown, depth: number): JsonSchema {
  if (depth > MAX_DEPTH || value === undefined) {
    return {};
  }
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => schemaOf(item, depth + 1));
    return items.length === 0 ? { type: 'array' } : { type: 'array', items: items.reduce(common) };
  }
  if (isRecord(value)) {
    const properties = Object.fromEntries(
      Object.entries(value).map(([name, property]) => [name, schemaOf(property, depth + 1)]),
    );
    return { type: 'object', properties, required: Object.keys(value) };
  }
  if (value === null) {
    // A value may well stand where the sample happens to have none.
    return {};
  }
  if (typeof value === 'string') {
    return ISO_DATE.test(value) ? { type: 'string', format: 'date-time' } : { type: 'string' };
  }
  return { type: typeof value };
}

/** What both satisfy: for objects, all properties of either, and asked for only those of both. */
function common(one: JsonSchema, other: JsonSchema): JsonSchema {
  if (one.type !== other.type) {
    return {};
  }
  if (one.type === 'object') {
    const properties: Record<string, JsonSchema> = { ...(one.properties as Record<string, JsonSchema>) };
    for (const [name, schema] of Object.entries(other.properties as Record<string, JsonSchema>)) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      properties[name] = known ? common(known, schema) : schema;
    }
    const both = (one.required as string[]).filter((name) => (other.required as string[]).includes(name));
    return { type: 'object', properties, required: both };
  }
  if (one.type === 'array' && one.items && other.items) {
    return { type: 'array', items: common(one.items as JsonSchema, other.items as JsonSchema) };
  }
  return one.type === 'array' || one.format !== other.format ? { type: one.type } : one;
}

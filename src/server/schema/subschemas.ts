import type { JsonSchema } from '../../common/config';
import { isRecord } from '../../common/rules';

/** Keywords of draft-07 and 2020-12 whose value is a schema, or a list of schemas. */
const DIRECT = [
  'additionalItems',
  'additionalProperties',
  'allOf',
  'anyOf',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'oneOf',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Keywords whose value holds schemas by name. */
const NAMED = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'];

/** A copy of the schema in which `change` was applied to every subschema, inner ones first, and to the schema itself. */
export function mapSubschemas(schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const mapAny = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(mapAny);
    }
    return isRecord(value) ? mapSubschemas(value, change) : value;
  };
  const copy = { ...schema };
  for (const key of DIRECT) {
    if (copy[key] !== undefined) {
      copy[key] = mapAny(copy[key]);
    }
  }
  for (const key of NAMED) {
    const named = copy[key];
    if (isRecord(named)) {
      copy[key] = Object.fromEntries(Object.entries(named).map(([name, value]) => [name, mapAny(value)]));
    }
  }
  return change(copy);
}

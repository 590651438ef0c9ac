import type { JsonSchema } from '../../../common/config';

/** A part of a document of OpenAPI 3.1, by its own names: https://spec.openapis.org/oas/v3.1.1. */
export type OpenApiPart = Record<string, unknown>;

/** What `$schema` draft-07 schemas name it by; others are of 2020-12, the default of OpenAPI 3.1. */
const DEFAULT_DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * A maker's schema as a part of a bigger document: with an id of its own, since references within it (`#/$defs/order`)
 * would be looked for in the document.
 */
export function schemaResource(schema: JsonSchema | null, name: string): OpenApiPart {
  if (!schema) {
    return {};
  }
  const { $schema, ...rest } = schema;
  return {
    ...($schema !== undefined && $schema !== DEFAULT_DIALECT && { $schema }),
    ...(JSON.stringify(rest).includes('"$ref"') && { $id: `urn:webhook:${name}` }),
    ...rest,
  };
}

/** The properties of a schema of names and values, as parameters that stand in one place of a request. */
export function schemaParameters(
  schema: JsonSchema | null,
  place: 'query' | 'header' | 'path',
  omit: readonly string[] = [],
): OpenApiPart[] {
  const { properties, required } = (schema ?? {}) as { properties?: Record<string, unknown>; required?: unknown };
  return Object.entries(properties ?? {})
    .filter(([name]) => !omit.includes(name.toLowerCase()))
    .map(([name, value]) => {
      const description = (value as { description?: unknown } | null)?.description;
      return {
        name,
        in: place,
        required: Array.isArray(required) && required.includes(name),
        ...(typeof description === 'string' && { description }),
        schema: value,
      };
    });
}

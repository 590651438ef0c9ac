// What the API's documentation is made of, in the form of OpenAPI 3.0.

export const text = { type: 'string' } as const;
export const uuid = { type: 'string', format: 'uuid' } as const;
export const time = { type: 'string', format: 'date-time', nullable: true } as const;
export const object = { type: 'object', additionalProperties: true } as const;
export const number = { type: 'integer', nullable: true } as const;

/** A query parameter. */
export function param(name: string, description: string, schema: object, required = false) {
  return { name, in: 'query', description, required, schema };
}

/** An answer with `data` of this schema. */
export function answer(description: string, schema: object) {
  return { 200: { description, content: json({ type: 'object', properties: { data: schema } }) }, ...REFUSALS };
}

export function json(schema: object) {
  return { 'application/json': { schema } };
}

export const REFUSALS = {
  400: { description: 'A parameter can not be used' },
  403: { description: 'The user may not edit workflows' },
};
export const GONE = { 404: { description: 'There is none with this id or key' } };

export const deliveryId = param('filterByTk', 'Id of the delivery', uuid, true);
export const replayId = param('filterByTk', 'Id of the replay', uuid, true);
export const paging = [
  param('page', 'From 1', { type: 'integer' }),
  param('pageSize', 'At most 200', { type: 'integer' }),
];

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

import type { ErrorObject, ValidateFunction } from 'ajv/dist/core';
import type { JsonSchema } from '../../common/config';
import type { ErrorDetail } from '../../common/errors';
import { createAjv, dialectOf } from './ajv';
import { describeError } from './describeError';
import { patternEngine } from './patterns';
import { mapSubschemas } from './subschemas';
import { uniqueItems } from './uniqueItems';
import { TooMuchWork, WorkBudget } from './WorkBudget';

/** All that is wrong with a value, at most {@link MAX_ERRORS}; empty: nothing is. The value is not changed. */
export type Validate = (value: unknown) => ErrorDetail[];

/** More errors than this are not listed. */
const MAX_ERRORS = 50;

/** In a value with more parts than this only the first error is looked for: each one takes memory. */
const MAX_PARTS = 10_000;

/** Said of a value whose check was given up. */
export const TOO_MUCH = 'is too large or too deep to be checked';

/** Keyword, put into every subschema, that counts how often one is applied. */
const WORK = '$work';

/**
 * Compiles a schema. `coerce`: texts count as the number, truth value, … that they spell, as is right for
 * headers and a query. Throws where the schema doesn't compile; nothing is ever loaded from elsewhere.
 * @param root first segment of the paths of its errors: `/data`
 */
export function compileSchema(schema: JsonSchema, root: string, { coerce = false } = {}): Validate {
  const dialect = dialectOf(schema);
  if (!dialect) {
    throw new Error('Only JSON Schema draft-07 and 2020-12 are supported.');
  }
  const budget = new WorkBudget();
  const counted = mapSubschemas(schema, (subschema) => ({ ...subschema, [WORK]: true }));
  const compile = (allErrors: boolean): ValidateFunction => {
    // An instance each: `$id`s of one webhook are nothing to another. That the schema is one was checked on save.
    const ajv = createAjv(dialect, {
      allErrors,
      coerceTypes: coerce ? 'array' : false,
      meta: false,
      validateSchema: false,
      code: { regExp: patternEngine(budget) },
    });
    ajv.addKeyword({ keyword: WORK, schemaType: 'boolean', errors: false, validate: () => (budget.spend(1), true) });
    ajv.removeKeyword('uniqueItems').addKeyword(uniqueItems(budget));
    return ajv.compile(counted);
  };
  const findFirst = compile(false);
  // What compiles for one compiles for the other; many a webhook never gets a call that doesn't match.
  let findAll: ValidateFunction | undefined;

  const run = (validate: ValidateFunction, value: unknown): ErrorObject[] => {
    budget.reset();
    return validate(coerce ? structuredClone(value) : value) ? [] : (validate.errors ?? []);
  };
  return (value) => {
    try {
      const first = run(findFirst, value);
      const errors = first.length > 0 && isSmall(value) ? run((findAll ??= compile(true)), value) : first;
      return errors.slice(0, MAX_ERRORS).map((error) => describeError(error, root));
    } catch (error) {
      // A schema that refers to itself overflows the stack on a value that is deep enough.
      if (error instanceof TooMuchWork || error instanceof RangeError) {
        return [{ path: root, message: TOO_MUCH }];
      }
      throw error;
    }
  };
}

function isSmall(value: unknown): boolean {
  let left = MAX_PARTS;
  const open = [value];
  while (open.length > 0 && left-- > 0) {
    const part = open.pop();
    if (typeof part === 'object' && part !== null) {
      const inner = Object.values(part);
      if (inner.length > left) {
        return false;
      }
      open.push(...inner);
    }
  }
  return open.length === 0;
}

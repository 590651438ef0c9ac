import { MissingRefError } from 'ajv';
import type AjvCore from 'ajv/dist/core';
import type { JsonSchema } from '../../common/config';
import { isRecord, problem, type Problem } from '../../common/rules';
import { createAjv, dialectOf } from './ajv';
import { SchemaRefused } from './SchemaRefused';
import { compileSchema, TOO_MUCH, type Validate } from './compileSchema';

/** Characters of a schema as JSON. */
const MAX_LENGTH = 100_000;
/** Objects and lists inside each other. */
const MAX_DEPTH = 100;

/** A value of each type: a schema that never ends for one of them refers to itself in a circle. */
const PROBES: readonly unknown[] = [null, true, 0, '', [], {}];

/**
 * Why a schema can't be saved, for the maker; null: it can.
 * @param coerce whether it is for headers or a query, where every value is text
 */
export function checkSchema(schema: JsonSchema, { coerce = false } = {}): Problem | null {
  if (isTooDeep(schema, MAX_DEPTH) || JSON.stringify(schema).length > MAX_LENGTH) {
    return problem('The schema is too large: at most {{characters}} characters, and {{levels}} levels deep.', {
      characters: MAX_LENGTH,
      levels: MAX_DEPTH,
    });
  }
  const dialect = dialectOf(schema);
  if (!dialect) {
    return problem('Only JSON Schema draft-07 and 2020-12 are supported; "$schema" names another one.');
  }
  const meta = metaValidator(dialect);
  if (!meta.validateSchema(schema)) {
    return problem('This is not a valid {{dialect}} schema: {{errors}}.', {
      dialect,
      errors: meta.errorsText(meta.errors, { dataVar: 'schema' }),
    });
  }
  try {
    return isEndless(compileSchema(schema, '', { coerce }))
      ? problem('The schema refers to itself without end.')
      : null;
  } catch (error) {
    return whyRefused(error);
  }
}

const metaValidators = new Map<string, AjvCore>();

/** Compiling a dialect's meta-schema takes some 50 ms, so one is kept. */
function metaValidator(dialect: 'draft-07' | '2020-12'): AjvCore {
  let ajv = metaValidators.get(dialect);
  if (!ajv) {
    ajv = createAjv(dialect);
    metaValidators.set(dialect, ajv);
  }
  return ajv;
}

function isEndless(validate: Validate): boolean {
  return PROBES.some((probe) => validate(probe).some(({ message }) => message === TOO_MUCH));
}

function isTooDeep(value: unknown, levels: number): boolean {
  return (
    (isRecord(value) || Array.isArray(value)) &&
    (levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1)))
  );
}

/** What the compiler says is English, and names a keyword or a place. */
function whyRefused(error: unknown): Problem {
  if (error instanceof SchemaRefused) {
    return error.problem;
  }
  if (error instanceof MissingRefError) {
    return problem('The schema refers to "{{name}}", which is not in it. Schemas are never loaded from elsewhere.', {
      name: error.missingRef,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  return problem('The schema can not be used: {{reason}}', { reason: message.replace(/^strict mode: /, '') });
}

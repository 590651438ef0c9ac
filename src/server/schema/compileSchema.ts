import type { ErrorObject } from 'ajv/dist/core';
import type { JsonSchema } from '../../common/config';
import type { ErrorDetail } from '../../common/errors';
import { createAjv, dialectOf } from './ajv';
import { chargeKeywords, countEvaluated } from './charging';
import { describeError } from './describeError';
import { listedKeywords } from './listed';
import { patternEngine } from './patterns';
import { nameWeight } from './nameWeight';
import { TwoForms, type OtherForms } from './TwoForms';
import { uniqueItems } from './uniqueItems';
import { TooMuchWork, WorkBudget } from './WorkBudget';

/**
 * All that is wrong with a value, at most {@link MAX_ERRORS}; empty: nothing is. The value is as it was afterwards.
 * `forms`: a part that isn't what is asked for is looked at in its other form too, out of the same budget.
 */
export type Validate = (value: unknown, forms?: OtherForms) => ErrorDetail[];

/** More errors than this are not listed. */
const MAX_ERRORS = 50;

/** In a value with more parts than this only the first error is looked for: each one takes memory. */
const MAX_PARTS = 10_000;

/**
 * What the checks of one request's body, and of its headers or query, may cost, in units of the budget: counted rather
 * than timed, so that the same request always gets the same answer. Less for the small ones; some 60 ms together.
 */
const UNITS = { body: 600_000, texts: 50_000 };

/** How many times as long a unit takes where all errors are kept. */
const ERRORS_WEIGHT = 7;

/** A schema up to so many characters is compiled in a few milliseconds. */
const SMALL_SCHEMA = 500;

/** Said of a value whose check was given up. */
export const TOO_MUCH = 'is too large or too deep to be checked';

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
  const budget = new WorkBudget(coerce ? UNITS.texts : UNITS.body);
  const compile = (allErrors: boolean): Check => {
    // An instance each: `$id`s of one webhook are nothing to another. That the schema is one was checked on save.
    const ajv = createAjv(dialect, {
      allErrors,
      coerceTypes: coerce ? 'array' : false,
      meta: false,
      validateSchema: false,
      code: { regExp: patternEngine(budget), process: withShortPaths, optimize: false },
    });
    for (const definition of [uniqueItems(budget), ...listedKeywords(budget)]) {
      ajv.removeKeyword(String(definition.keyword)).addKeyword(definition);
    }
    const { warmUp } = chargeKeywords(ajv, budget, countEvaluated(schema));
    const validate = ajv.compile(schema);
    try {
      budget.reset();
      warmUp();
    } catch (error) {
      if (isTooMuch(error)) {
        // Its code is too deep for V8, which would find out anew at each call; or it refers to itself without end.
        return giveUp;
      }
      throw error;
    }
    return (value) => (validate(coerce ? structuredClone(value) : value) ? [] : (validate.errors ?? []));
  };
  const findFirst = compile(false);
  // What compiles for one compiles for the other. Many a webhook never gets a call that doesn't match: that is waited
  // for where it costs the call little.
  let findAll = JSON.stringify(schema).length > SMALL_SCHEMA ? compile(true) : undefined;
  const weigh = nameWeight(schema);

  /** All that is wrong; the first alone where that takes too long. */
  const listAll = (value: unknown, first: ErrorObject[], weight: number, forms?: TwoForms): ErrorObject[] => {
    findAll ??= compile(true);
    try {
      budget.reset(ERRORS_WEIGHT * weight);
      let errors = findAll(value);
      while (forms && errors.length > 0 && forms.turn(errors)) {
        errors = findAll(forms.value);
      }
      return errors;
    } catch (error) {
      if (isTooMuch(error)) {
        return first;
      }
      throw error;
    }
  };
  const find = (value: unknown, forms?: TwoForms): ErrorObject[] => {
    const weight = weigh(value);
    budget.reset(weight);
    forms?.begin();
    let first = findFirst(forms ? forms.value : value);
    while (forms && first.length > 0 && forms.turn(first)) {
      first = findFirst(forms.value);
    }
    const errors =
      first.length > 0 && isSmall(value) ? listAll(forms ? forms.value : value, first, weight, forms) : first;
    return errors.slice(0, MAX_ERRORS);
  };
  return (value, otherForms) => {
    const isOfTwo = otherForms && (otherForms.nullIsEmpty || otherForms.numbers.length > 0);
    const forms = isOfTwo ? new TwoForms(value, otherForms, (units) => budget.spend(units)) : undefined;
    try {
      return find(value, forms).map((error) => describeError(error, root));
    } catch (error) {
      if (isTooMuch(error)) {
        return [{ path: root, message: TOO_MUCH }];
      }
      throw error;
    } finally {
      forms?.end();
    }
  };
}

/** What Ajv finds wrong with a value. Throws where that takes too long. */
type Check = (value: unknown) => ErrorObject[];

const giveUp: Check = () => {
  throw new TooMuchWork();
};

/** A schema that refers to itself overflows the stack on a value that is deep enough. */
function isTooMuch(error: unknown): boolean {
  return error instanceof TooMuchWork || error instanceof RangeError;
}

/** Characters of a name in the path of an error. */
const MAX_SEGMENT = 100;

/**
 * Ajv writes the path to a value anew at each reference and each error below it, with patterns that look at all of a
 * name: here they look at its beginning. A test tells when the code that Ajv makes is no longer like this.
 */
function withShortPaths(code: string): string {
  return code.replaceAll('.replace(/~/g, "~0")', `.slice(0, ${MAX_SEGMENT}).replace(/~/g, "~0")`);
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

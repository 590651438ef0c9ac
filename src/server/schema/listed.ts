import { _, type CodeKeywordDefinition, type KeywordCxt } from 'ajv/dist/core';
import { canonical } from './canonical';
import { CHARACTERS, costOfNames, TABLE } from './costs';
import { WorkBudget } from './WorkBudget';

/**
 * `enum` and `const`. Ajv's own compare with one value after the other; these look the value up among all.
 * @returns two keywords, for one validator
 */
export function listedKeywords(budget: WorkBudget): CodeKeywordDefinition[] {
  // One function for all: Ajv takes quadratic time in the number of values that its code refers to.
  const lookUps: ((data: unknown) => boolean)[] = [];
  const isListed = (index: number, data: unknown): boolean => lookUps[index]?.(data) ?? false;
  const code = (cxt: KeywordCxt, values: readonly unknown[]): void => {
    const index = lookUps.push(lookUp(values, budget)) - 1;
    cxt.pass(_`${cxt.gen.scopeValue('func', { ref: isListed })}(${index}, ${cxt.data})`);
  };
  return [
    {
      keyword: 'enum',
      schemaType: 'array',
      error: {
        message: 'must be equal to one of the allowed values',
        params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}`,
      },
      code(cxt) {
        const values = cxt.schema as unknown[];
        if (values.length === 0) {
          throw new Error('enum must have non-empty array');
        }
        code(cxt, values);
      },
    },
    {
      keyword: 'const',
      error: { message: 'must be equal to constant', params: ({ schemaCode }) => _`{allowedValue: ${schemaCode}}` },
      code: (cxt) => code(cxt, [cxt.schema]),
    },
  ];
}

/** Tells whether a value is one of these, by what JSON calls equal. */
function lookUp(values: readonly unknown[], budget: WorkBudget): (data: unknown) => boolean {
  const simple = new Set(values.filter((value) => !isComposite(value)));
  const composite = new Set(values.filter(isComposite).map((value) => canonical(value, UNBOUNDED)));
  const longest = Math.max(0, ...[...composite].map((text) => text.length));
  return (data) => {
    if (!isComposite(data)) {
      // A text is hashed once, and compared with the one that has the same hash.
      budget.spend(1 + (typeof data === 'string' ? data.length / CHARACTERS : 0));
      return simple.has(data);
    }
    budget.spend(1);
    // Written down no further than the longest of them: what is longer is none.
    const text = composite.size > 0 ? writtenWithin(data, longest, budget) : null;
    return text !== null && composite.has(text);
  };
}

/** The value's canonical text; null: it is longer than so many characters. */
function writtenWithin(data: object, longest: number, budget: WorkBudget): string | null {
  return sizeWithin(data, longest, budget) ? canonical(data, budget) : null;
}

/** Whether a value has no more parts, and characters in its texts, than so many. */
function sizeWithin(data: object, most: number, budget: WorkBudget): boolean {
  let left = most;
  const open: unknown[] = [data];
  while (open.length > 0 && left >= 0) {
    const part = open.pop();
    budget.spend(1);
    left -= typeof part === 'string' ? part.length : 1;
    if (isComposite(part)) {
      if (countOf(part, budget) > left) {
        return false;
      }
      const inner: unknown[] = Array.isArray(part) ? part : Object.values(part);
      inner.forEach((item) => open.push(item));
    }
  }
  return left >= 0;
}

/** Of objects with many names, which V8 takes a tenth of a microsecond each to count: many lists may ask. */
const COUNTS = new WeakMap<object, number>();

/** How many items or names there are; each is charged for what it takes to count and to visit it. */
function countOf(value: object, budget: WorkBudget): number {
  if (Array.isArray(value)) {
    return value.length;
  }
  const known = COUNTS.get(value);
  if (known !== undefined) {
    return known;
  }
  const names = Object.keys(value).length;
  budget.spend(costOfNames(names));
  if (names > TABLE) {
    COUNTS.set(value, names);
  }
  return names;
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** For what is written in the schema, which is bounded itself. */
const UNBOUNDED = new WorkBudget(Infinity);

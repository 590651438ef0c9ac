import { _, type CodeKeywordDefinition } from 'ajv/dist/core';
import { canonical } from './canonical';
import { CHARACTERS } from './costs';
import type { WorkBudget } from './WorkBudget';

/** Ajv's own `uniqueItems` compares every pair of items; this one looks at each once. */
export function uniqueItems(budget: WorkBudget): CodeKeywordDefinition {
  const areUnique = (items: readonly unknown[]): boolean => {
    const simple = new Set<unknown>();
    const composite = new Set<string>();
    return items.every((item) => {
      if (typeof item === 'object' && item !== null) {
        return isNew(composite, canonical(item, budget));
      }
      budget.spend(2 + (typeof item === 'string' ? item.length / CHARACTERS : 0));
      return isNew(simple, item);
    });
  };
  return {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must NOT have duplicate items' },
    code(cxt) {
      if (cxt.schema === true) {
        cxt.pass(_`${cxt.gen.scopeValue('func', { ref: areUnique })}(${cxt.data})`);
      }
    },
  };
}

function isNew<T>(seen: Set<T>, value: T): boolean {
  const before = seen.size;
  return seen.add(value).size > before;
}

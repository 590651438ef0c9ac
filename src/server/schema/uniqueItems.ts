import type { FuncKeywordDefinition } from 'ajv/dist/core';
import type { WorkBudget } from './WorkBudget';

/** Ajv's own `uniqueItems` compares every pair of items; this one looks at each once. */
export function uniqueItems(budget: WorkBudget): FuncKeywordDefinition {
  return {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must NOT have duplicate items' },
    validate: (wanted: boolean, items: unknown[]) => {
      if (!wanted) {
        return true;
      }
      const seen = new Set<string>();
      return items.every((item) => {
        const text = canonical(item, budget);
        const isNew = !seen.has(text);
        seen.add(text);
        return isNew;
      });
    },
  };
}

/** The same text for equal JSON values, whatever the order of their keys. */
function canonical(value: unknown, budget: WorkBudget): string {
  budget.spend(1);
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'undefined';
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonical(item, budget)).join(',')}]`;
  }
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, budget)}`).join(',')}}`;
}

import { CHARACTERS } from './costs';
import type { WorkBudget } from './WorkBudget';

/** The same text for equal JSON values, whatever the order of their keys. */
export function canonical(value: unknown, budget: WorkBudget): string {
  if (typeof value === 'string') {
    budget.spend(1 + value.length / CHARACTERS);
    return JSON.stringify(value);
  }
  budget.spend(1);
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      text += `${canonical(item, budget)},`;
    }
    return `[${text}]`;
  }
  const names = Object.keys(value);
  if (names.length > 1) {
    budget.spend(names.length * Math.log2(names.length));
    names.sort();
  }
  for (const name of names) {
    budget.spend(1 + name.length / CHARACTERS);
    text += `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name], budget)},`;
  }
  return `{${text}}`;
}

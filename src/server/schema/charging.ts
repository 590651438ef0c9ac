import { _, type KeywordCxt } from 'ajv';
import type { SchemaEnv } from 'ajv/dist/compile';
import type AjvCore from 'ajv/dist/core';
import { isRecord, problem } from '../../common/rules';
import { COSTS, type Cost } from './costs';
import { SchemaRefused } from './SchemaRefused';
import type { WorkBudget } from './WorkBudget';

/** Keywords whose work is a comparison that the keyword around them has paid for. */
const FREE: ReadonlySet<string> = new Set(['type', 'nullable', '$comment']);

/** One of the functions that a schema is compiled to: the schema's own, and one for each that is referred to. */
interface Compiled {
  /** Keywords in its code. */
  keywords: number;
  /** How many times as long as usual they take. */
  weight: number;
}

/** Keywords up to which V8 soon makes machine code of a function. Above some ten times as many it never does. */
const OPTIMIZED = 150;

/** Measured from 100 to 2,000 keywords. */
function weightOf(keywords: number): number {
  return Math.max(1, (keywords / OPTIMIZED) ** 1.75);
}

/** What is known of the code once it is compiled. */
export interface Charged {
  /** Calls every function of the code once: V8 translates it then, which for a large one takes as long as many checks. */
  warmUp(): void;
}

/**
 * Makes every keyword that the validator knows charge the budget before it does anything, wherever in a schema it
 * stands and however it is reached. What a keyword costs is told by {@link COSTS}.
 * @param evaluated as in {@link KeywordPlace}
 */
export function chargeKeywords(ajv: AjvCore, budget: WorkBudget, evaluated: number): Charged {
  const functions = new Map<SchemaEnv, Compiled>();
  // One function for all: Ajv takes quadratic time in the number of values that its code refers to.
  const charges: { cost: Cost; of: Compiled }[] = [];
  const charge = (index: number, data: unknown): void => {
    const found = charges[index];
    budget.spend(found ? found.cost(data) * found.of.weight : Infinity);
  };
  const indexOf = (cxt: KeywordCxt, cost: Cost): number => {
    const of = functions.get(cxt.it.schemaEnv) ?? { keywords: 0, weight: 1 };
    functions.set(cxt.it.schemaEnv, of);
    of.keywords += 1;
    of.weight = weightOf(of.keywords);
    return charges.push({ cost, of }) - 1;
  };
  for (const [keyword, rule] of Object.entries(ajv.RULES.all)) {
    if (typeof rule !== 'object' || FREE.has(keyword)) {
      continue;
    }
    const costOf = Object.hasOwn(COSTS, keyword) ? COSTS[keyword] : undefined;
    const { definition } = rule;
    if (!('code' in definition)) {
      throw new Error(`what the keyword "${keyword}" costs can't be charged`);
    }
    const compile = definition.code.bind(definition);
    const code = (cxt: KeywordCxt, ruleType?: string): void => {
      if (!costOf) {
        throw new SchemaRefused(problem('The keyword "{{keyword}}" is not supported.', { keyword }));
      }
      const parent = isRecord(cxt.parentSchema) ? cxt.parentSchema : {};
      const index = indexOf(cxt, costOf({ value: cxt.schema, parent, evaluated }));
      cxt.gen.code(_`${cxt.gen.scopeValue('func', { ref: charge })}(${index}, ${cxt.data})`);
      compile(cxt, ruleType);
    };
    rule.definition = { ...definition, code };
  }
  return { warmUp: () => functions.forEach((_of, { validate }) => validate?.(null)) };
}

/**
 * How many names the parts of a schema may tell each other of, so that `unevaluatedProperties` knows what is left:
 * all that are in it, at most. 0: it has no such keyword.
 */
export function countEvaluated(schema: unknown): number {
  let names = 0;
  let asks = false;
  const open = [schema];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (typeof part === 'object' && part !== null) {
      const entries = Object.entries(part);
      names += entries.length;
      asks ||= entries.some(([name]) => name.startsWith('unevaluated'));
      open.push(...entries.map(([, inner]) => inner as unknown));
    }
  }
  return asks ? names : 0;
}

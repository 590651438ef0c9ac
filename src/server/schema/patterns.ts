import { RE2JS } from 're2js';
import { problem } from '../../common/rules';
import { SchemaRefused } from './SchemaRefused';
import type { WorkBudget } from './WorkBudget';

/** States of all patterns of a schema together; compiling them takes about 5 µs each. */
const MAX_STATES = 50_000;

/** A state looks at a character in about 2.5 ns; a unit of the budget is some ten of these. */
const STEPS_PER_UNIT = 10;

interface Pattern {
  test(text: string): boolean;
  /** Ajv tells patterns apart by this. */
  toString(): string;
}

/**
 * Ajv's regular expressions, on RE2: an engine that never goes back over the text, so that no pattern can be
 * made to hang the process. What it can't express (lookaround, backreferences) is refused.
 */
export function patternEngine(budget: WorkBudget): ((source: string) => Pattern) & { code: string } {
  let states = 0;
  const engine = (source: string): Pattern => {
    const compiled = compile(source);
    states += compiled.programSize();
    if (states > MAX_STATES) {
      throw new SchemaRefused(problem('The patterns of this schema are too large.'));
    }
    return {
      test(text) {
        budget.spend(5 + (text.length * compiled.programSize()) / STEPS_PER_UNIT);
        return compiled.test(text);
      },
      toString: () => source,
    };
  };
  // Names the engine in code that Ajv would write to a file, which nobody asks it for.
  return Object.assign(engine, { code: 'patternEngine' });
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    throw new SchemaRefused(
      problem(
        'The pattern "{{pattern}}" can\'t be used. Lookahead, lookbehind and backreferences can make the server hang and are not supported; a repeat count goes up to 1000.',
        { pattern: source.slice(0, 200) },
      ),
    );
  }
}

import type { JsonSchema } from '../../common/config';

/** Keywords under which names that a sender chose become parts of a path. */
const NAMING = /"(?:additionalProperties|patternProperties|unevaluatedProperties)":/;

/** Characters that are escaped in a path, as many as take a unit. */
const ESCAPES = 3;

/**
 * How much more a unit of work takes for a value with such names, 1 as a rule: each reference and each error writes a
 * path, and in that every slash and tilde of a name is replaced.
 */
export function nameWeight(schema: JsonSchema): (value: unknown) => number {
  return NAMING.test(JSON.stringify(schema)) ? (value) => 1 + mostEscapes(value) / ESCAPES : () => 1;
}

/** The most slashes and tildes in the beginning of any name in a value that was parsed from JSON or the like. */
function mostEscapes(value: unknown): number {
  let most = 0;
  const open = [value];
  while (open.length > 0) {
    const part = open.pop();
    if (Array.isArray(part)) {
      // Not spread: a list may be longer than a call has room for.
      part.forEach((item) => isComposite(item) && open.push(item));
    } else if (isComposite(part)) {
      // A table's names as a list of their own would take twice as long.
      for (const name in part) {
        most = Math.max(most, escapesIn(name));
        const inner = part[name];
        if (isComposite(inner)) {
          open.push(inner);
        }
      }
    }
  }
  return most;
}

function escapesIn(name: string): number {
  if (!name.includes('/') && !name.includes('~')) {
    return 0;
  }
  const beginning = name.slice(0, 100);
  return beginning.split('/').length + beginning.split('~').length - 2;
}

function isComposite(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

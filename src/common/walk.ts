// Framework-free: the values at a path into JSON that may lead through lists.

/**
 * The values at a path: `a.b` goes down, `a[].b` goes into every item of the list, `[].b` where the body itself is one. Own
 * properties only; null stands for an item of a list that lacks the value.
 * @param max no more of them; the rest of a list isn't looked at. Default: all
 */
export function walk(value: unknown, path: readonly string[], max = Infinity): unknown[] {
  const found: unknown[] = [];
  collect(value, stepsOf(path), 0, { found, max });
  return found;
}

/** A name to go down by; null: into every item. */
export type Step = string | null;

/** The steps of a path one by one: a name, and behind it the items. */
export function stepsOf(path: readonly string[]): Step[] {
  return path.flatMap((step) => {
    const name = step.endsWith('[]') ? step.slice(0, -2) : null;
    return name === null ? [step] : name === '' ? [null] : [name, null];
  });
}

function collect(value: unknown, steps: readonly Step[], at: number, to: { found: unknown[]; max: number }): void {
  const { found, max } = to;
  const step = steps[at];
  if (step === undefined) {
    found.push(value);
  } else if (step !== null) {
    const next = own(value, step);
    if (next !== undefined) {
      collect(next, steps, at + 1, to);
    }
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length && found.length < max; index += 1) {
      const before = found.length;
      collect(value[index], steps, at + 1, to);
      // An item without the value must not vanish from a list of which every one has to match.
      if (found.length === before) {
        found.push(null);
      }
    }
  }
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

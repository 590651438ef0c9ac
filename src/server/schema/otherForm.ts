import type { ErrorObject } from 'ajv/dist/core';

/** What a value stands for, where it arrives in another form than the schema may know it in; undefined: nothing else. */
export type OtherForm = (value: unknown) => unknown;

/**
 * The value with what isn't of the type that a schema asks for in its other form; null: there is nothing of that kind.
 * The value itself is not changed.
 */
export function inOtherForm(value: unknown, errors: readonly ErrorObject[], otherForm: OtherForm): unknown {
  let changed: unknown = value;
  let isChanged = false;
  for (const { keyword, instancePath } of errors) {
    if (keyword === 'type') {
      const path = instancePath
        .split('/')
        .slice(1)
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
      const next = withOther(changed, path, otherForm);
      isChanged ||= next !== changed;
      changed = next;
    }
  }
  return isChanged ? changed : null;
}

/** A copy of what leads to the value at the path, which is in its other form; the same value: it has none. */
function withOther(value: unknown, path: readonly string[], otherForm: OtherForm): unknown {
  const [step, ...below] = path;
  if (step === undefined) {
    const other = otherForm(value);
    return other === undefined ? value : other;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) {
    return value;
  }
  const before = (value as Record<string, unknown>)[step];
  const after = withOther(before, below, otherForm);
  if (after === before) {
    return value;
  }
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  Object.defineProperty(copy, step, { value: after, writable: true, enumerable: true, configurable: true });
  return copy;
}

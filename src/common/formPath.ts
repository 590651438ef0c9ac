/** A name or a bracket, and brackets behind it. */
const NESTED = /^(?:[^[\]]+|\[[^[\]]*\])(?:\[[^[\]]*\])*$/;

/**
 * The steps down to what a field's name means: `a[b][]` is `b` in `a`, and there one more item, which has no name. A name
 * that isn't wholly of that form is one step.
 * @param maxSteps no more of them; default: all
 */
export function formPath(name: string, maxSteps?: number): string[] {
  if (!name.endsWith(']') || !NESTED.test(name)) {
    return [name];
  }
  return name.slice(name.startsWith('[') ? 1 : 0, -1).split(/\]?\[/, maxSteps);
}

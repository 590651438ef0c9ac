/** Three braces on either side, no more and no less; or a variable. */
const RAW_OR_ESCAPED = /(?<!\{)\{(\{\{[^{}]+\}\})\}(?!\})|\{\{[^{}]+\}\}/g;

/**
 * Fills in a template in which a value is text, whatever is in it, unless the maker says with three braces, as Mustache
 * does, that it is taken as it is: `{{{variable}}}`. Both are given the variable in two braces.
 */
export function fillBraces(
  template: string,
  { escaped, raw }: Record<'escaped' | 'raw', (variable: string) => string>,
): string {
  return template.replace(RAW_OR_ESCAPED, (match, variable?: string) =>
    variable === undefined ? escaped(match) : raw(variable),
  );
}

/** The variable of a template that is nothing but one in three braces; undefined: it is something else. */
export function onlyRaw(template: string): string | undefined {
  return /^\{(\{\{[^{}]+\}\})\}$/.exec(template.trim())?.[1];
}

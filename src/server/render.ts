import { appendArrayColumn } from '@nocobase/evaluators';
import { parse } from '@nocobase/utils';

/** Fills the `{{variables}}` of a template: JSON of any shape. A value that is one variable keeps its type. */
export type Render = (template: unknown) => unknown;

/** Fills a template from `scope`, with NocoBase's own template language; `list.column` reads a column. */
export function render(template: unknown, scope: Record<string, unknown>): unknown {
  const filled = parse(template);
  for (const { key } of filled.parameters as { key: string }[]) {
    appendArrayColumn(scope, key);
  }
  return filled(scope);
}

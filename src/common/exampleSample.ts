// Framework-free: a provider's example body as a sample to make variables or a schema from.

import type { Provider } from './providers/provider';

/** What a workflow sees of the provider's example body, as indented JSON text; null: it has none. */
export function exampleSample({ example, jsonFields = [] }: Provider): string | null {
  if (!example) {
    return null;
  }
  if ('json' in example) {
    return indented(example.json);
  }
  const { text, contentType, parsed } = example;
  // As it is: read and written anew, its big numbers would lose digits.
  return contentType === 'application/json' ? text : indented(parsed ?? fieldsOf(text, jsonFields));
}

/** The fields of an example, none of which is there twice or nested. Empty ones are null, as forms are read by default. */
function fieldsOf(text: string, jsonFields: readonly string[]): Record<string, unknown> {
  const fields = [...new URLSearchParams(text)].map(([name, value]): [string, unknown] => [
    name,
    jsonFields.includes(name) ? JSON.parse(value) : value === '' ? null : value,
  ]);
  return Object.fromEntries(fields);
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

import { decodeText } from './charset';
import { parseJson } from './json';
import type { Parser } from './types';

/** Newline-delimited JSON: a list with one item a line; blank lines are passed over. */
export const ndjson: Parser = (body, { charset }) => ({
  data: decodeText(body, charset)
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseJson(line, `line ${index + 1}`)])),
});

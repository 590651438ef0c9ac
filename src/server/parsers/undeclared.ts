import { parseBounded } from '../boundedJson';
import { decodeText } from './charset';
import { malformedJson } from './json';
import type { ParsedBody } from './types';

/** A body without a content type: JSON if it parses, else text. */
export function parseUndeclared(body: Buffer): ParsedBody {
  const text = decodeText(body, undefined);
  try {
    return { data: parseBounded(text) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { data: text };
    }
    throw malformedJson(error, 'the body is not valid JSON');
  }
}

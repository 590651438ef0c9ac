import { decodeText } from './charset';
import type { ParsedBody } from './types';

/** A body without a content type: JSON if it parses, else text. */
export function parseUndeclared(body: Buffer): ParsedBody {
  const text = decodeText(body, undefined);
  try {
    return { data: JSON.parse(text) };
  } catch {
    return { data: text };
  }
}

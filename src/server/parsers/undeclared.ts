import { isUtf8 } from 'node:buffer';
import { charsetByMark, decodeText } from './charset';
import { malformedJson } from './json';
import { parseJsonText } from './jsonText';
import type { BodyRules, ReadBody } from './types';

/** A body without a content type: JSON if it parses, else text, else the bytes. */
export function parseUndeclared(body: Buffer, rules: BodyRules): ReadBody {
  const text = textIn(body, rules.charset ?? undefined);
  if (text === null) {
    return {
      data: { base64: body.toString('base64'), contentType: '', size: body.length },
      uploads: [],
      format: 'binary',
    };
  }
  try {
    return { data: parseJsonText(text, rules), uploads: [], format: 'json' };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { data: text, uploads: [], format: 'text' };
    }
    throw malformedJson(error, 'the body is not valid JSON');
  }
}

/**
 * The text that a body is, all of it, in the charset that the maker names, else in UTF-8, or in UTF-16 behind a byte order
 * mark; null: it is none.
 */
function textIn(body: Buffer, set: string | undefined): string | null {
  if (set !== undefined) {
    return decodeText(body, set);
  }
  const charset = charsetByMark(body);
  if (charset === undefined && !isUtf8(body)) {
    return null;
  }
  const text = decodeText(body, charset);
  const isWhole = charset === undefined || (body.length % 2 === 0 && text.isWellFormed());
  return isWhole && !text.includes('\0') ? text : null;
}

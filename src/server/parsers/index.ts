import contentType from 'content-type';
import { WebhookError } from '../../common/errors';
import { decodeText } from './charset';
import { parseForm } from './form';
import { parseJson } from './json';

/**
 * The body as `$context.data`: JSON and forms parsed, text as text, anything else as
 * `{ base64, contentType, size }`. Without a content type: JSON if it parses, else text. Empty: null.
 * Throws `BODY_MALFORMED`, and `TYPE_NOT_SUPPORTED` for a charset or content type that can't be read.
 */
export function parseBody(body: Buffer, declared: string | undefined): unknown {
  if (body.length === 0) {
    return null;
  }
  if (declared === undefined || declared.trim() === '') {
    return parseUndeclared(body);
  }
  const { type, charset } = readContentType(declared);
  if (type === 'application/json' || type.endsWith('+json')) {
    return parseJson(decodeText(body, charset));
  }
  if (type === 'application/x-www-form-urlencoded') {
    return parseForm(decodeText(body, charset));
  }
  if (type.startsWith('text/')) {
    return decodeText(body, charset);
  }
  return { base64: body.toString('base64'), contentType: declared, size: body.length };
}

function readContentType(declared: string): { type: string; charset: string | undefined } {
  try {
    const { type, parameters } = contentType.parse(declared);
    return { type, charset: parameters.charset };
  } catch (cause) {
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason: 'the Content-Type header is malformed', cause });
  }
}

function parseUndeclared(body: Buffer): unknown {
  const text = decodeText(body, undefined);
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

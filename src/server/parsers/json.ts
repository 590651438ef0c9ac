import { WebhookError } from '../../common/errors';
import { JsonTooComplex } from '../boundedJson';
import { decodeText } from './charset';
import { parseJsonText } from './jsonText';
import type { Parser } from './types';
import { because, type Reason } from '../../common/reasons/reason';

/** JSON, RFC 8259: UTF-8, or the charset that is declared all the same. Of a key given twice the last counts. */
export const json: Parser = (body, { charset }, rules) => {
  try {
    return { data: parseJsonText(decodeText(body, charset), rules) };
  } catch (error) {
    throw malformedJson(error, because('JSON_MALFORMED', { detail: 'body' }));
  }
};

/** What a failed parse is to the caller; `reason` is for what is no JSON at all. */
export function malformedJson(error: unknown, reason: Reason): unknown {
  if (error instanceof JsonTooComplex) {
    return new WebhookError('BODY_MALFORMED', { reason: because('BODY_TOO_COMPLEX', { detail: error.what }) });
  }
  return error instanceof SyntaxError ? new WebhookError('BODY_MALFORMED', { reason, cause: error }) : error;
}

import { WebhookError } from '../../common/errors';
import { decodeText } from './charset';
import type { Parser } from './types';

/** JSON, RFC 8259: UTF-8, or the charset that is declared all the same. Of a key given twice the last counts. */
export const json: Parser = (body, { charset }) => ({ data: parseJson(decodeText(body, charset)) });

/** Parses JSON text; `what` names it in the reason of a `BODY_MALFORMED`. */
export function parseJson(text: string, what = 'the body'): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WebhookError('BODY_MALFORMED', { reason: `${what} is not valid JSON`, cause });
  }
}

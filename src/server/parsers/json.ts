import { parse } from 'secure-json-parse';
import { WebhookError } from '../../common/errors';

/** Parses JSON (RFC 8259). Keys that could reach a prototype (`__proto__`, `constructor.prototype`) are dropped. */
export function parseJson(text: string): unknown {
  try {
    return parse(text, { protoAction: 'remove', constructorAction: 'remove' });
  } catch (cause) {
    throw new WebhookError('BODY_MALFORMED', { reason: 'the body is not valid JSON', cause });
  }
}

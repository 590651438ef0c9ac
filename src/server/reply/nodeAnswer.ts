import { isRecord } from '../../common/rules';
import type { AnswerHeaders } from '../../common/httpFields';
import type { Answer } from '../pipeline/types';
import type { Given } from './ReplySlot';

/** A body longer than this, in characters (of base64, where it is no text), is cut off in what is kept of the answer. */
const MAX_KEPT_BODY = 10_000;

const CUT = '…';

/** Why an answer did not go out, for who looks at the run. */
const NOT_SENT: Record<Exclude<Given, 'sent'> | 'nobody', string> = {
  answeredBefore: 'The caller has an answer already, from another response node.',
  tooLate: 'The caller has been answered already: this node was reached too late.',
  nobody: 'Nobody waits for an answer: the run was started by hand, runs in the background, or was resumed.',
};

/** A response node's result: what was answered, and whether it went out; `given` null: nothing was to be sent. */
export function describeAnswer({ status, headers, body }: Answer, given: Given | 'nobody' | null): object {
  const text = typeof body === 'string' ? body : body.toString('base64');
  return {
    ...(given === null ? {} : { sent: given === 'sent' }),
    ...(given === null || given === 'sent' ? {} : { reason: NOT_SENT[given] }),
    status,
    headers,
    body: text.length > MAX_KEPT_BODY ? text.slice(0, MAX_KEPT_BODY) + CUT : text,
    ...(typeof body === 'string' ? {} : { encoding: 'base64', size: body.length }),
  };
}

/** The answer that a response node's result describes; null: not all of it was kept. */
export function describedAnswer(result: unknown): Answer | null {
  if (!isRecord(result)) {
    return null;
  }
  const { status, headers, body, encoding } = result;
  const isWhole = typeof body === 'string' && body.length <= MAX_KEPT_BODY;
  return typeof status === 'number' && isRecord(headers) && isWhole
    ? { status, headers: headers as AnswerHeaders, body: encoding === 'base64' ? Buffer.from(body, 'base64') : body }
    : null;
}

import { STATUSES, type AnswerHeaders } from '../../common/httpFields';
import { holdsVariable } from '../../common/templateNames';
import { EarlyAnswer, type VerifiedDelivery } from './types';

/**
 * `HEAD` asks what `GET` would answer, and has to have no effect (RFC 9110 sections 9.2.1 and 9.3.2): monitors and link
 * previews send it. It is answered as configured, without a body, and starts nothing.
 */
export function head(delivery: VerifiedDelivery): VerifiedDelivery | EarlyAnswer {
  if (delivery.method !== 'HEAD') {
    return delivery;
  }
  const { status, contentType } = delivery.endpoint.config.response;
  // What a variable of the request or the run would say isn't known.
  const headers: AnswerHeaders = contentType && !holdsVariable(contentType) ? { 'content-type': contentType } : {};
  return new EarlyAnswer(
    { status: Number(status) || STATUSES.min, headers, body: '' },
    { status: 'ignored', reason: 'A HEAD request starts nothing.' },
  );
}

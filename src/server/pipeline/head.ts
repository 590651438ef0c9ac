import { EarlyAnswer, type VerifiedDelivery } from './types';
import { because } from '../../common/reasons/reason';

/**
 * `HEAD` asks what `GET` would answer, and has to have no effect (RFC 9110 sections 9.2.1 and 9.3.2): monitors and link
 * previews send it. It is answered as configured, without a body, and starts nothing.
 */
export function head(delivery: VerifiedDelivery): VerifiedDelivery | EarlyAnswer {
  if (delivery.method !== 'HEAD') {
    return delivery;
  }
  const { status, contentType } = delivery.endpoint.config.response;
  const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {};
  return new EarlyAnswer({ status, headers, body: '' }, { status: 'ignored', reason: because('HEAD_REQUEST') });
}

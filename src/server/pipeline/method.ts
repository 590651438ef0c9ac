import { WebhookError } from '../../common/errors';
import { isWebhookMethod } from '../../common/methods';
import type { Accepted, Matched } from './types';

/** Picks the webhook that takes this method. `HEAD` goes with `GET` (RFC 9110 section 9.3.2). */
export function method({ candidates, ...delivery }: Matched): Accepted {
  const asked = delivery.method === 'HEAD' ? 'GET' : delivery.method;
  const candidate = isWebhookMethod(asked)
    ? candidates.find(({ endpoint }) => endpoint.config.methods.includes(asked))
    : undefined;
  if (!candidate) {
    const allowed = [...new Set(candidates.flatMap(({ endpoint }) => endpoint.config.methods))];
    const listed = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
    throw new WebhookError('METHOD_NOT_ALLOWED', { headers: { allow: listed.join(', ') } });
  }
  return { ...delivery, endpoint: candidate.endpoint, params: candidate.params };
}

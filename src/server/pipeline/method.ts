import { WebhookError } from '../../common/errors';
import { isWebhookMethod } from '../../common/methods';
import type { RouteCandidate } from '../endpoints/RouteTable';
import { looksLikeChallenge } from '../verifiers/challenges';
import { enrich } from './enrich';
import type { Accepted, Matched, VerifiedDelivery } from './types';
import { because } from '../../common/reasons/reason';

/**
 * Picks the webhook that takes this method, `HEAD` going with `GET` (RFC 9110 section 9.3.2); else the one whose
 * provider proves itself by a challenge of this method.
 */
export function method(delivery: Matched): Accepted {
  const { candidates } = delivery;
  const asked = delivery.method === 'HEAD' ? 'GET' : delivery.method;
  const candidate = isWebhookMethod(asked)
    ? candidates.find(({ endpoint }) => endpoint.config.methods.includes(asked))
    : undefined;
  if (candidate) {
    return enrich(delivery, { ...candidate, challengeOnly: false });
  }
  const head = { method: delivery.method, url: `${delivery.path}?${delivery.search}`, headers: delivery.headers };
  const challenged = candidates.find(({ endpoint }) => looksLikeChallenge(endpoint.auth, head));
  if (!challenged) {
    throw notAllowed(delivery.method, candidates);
  }
  return enrich(delivery, { ...challenged, challengeOnly: true });
}

/** Refuses what came this far only because it looked like a challenge, and was none. */
export function refuseMethodUnlessChallenge(delivery: VerifiedDelivery): VerifiedDelivery {
  if (delivery.challengeOnly) {
    throw notAllowed(delivery.method, [delivery]);
  }
  return delivery;
}

function notAllowed(asked: string, candidates: readonly Pick<RouteCandidate, 'endpoint'>[]): WebhookError {
  const allowed = [...new Set(candidates.flatMap(({ endpoint }) => endpoint.config.methods))];
  const listed = allowed.includes('GET') ? [...allowed, 'HEAD'] : allowed;
  return new WebhookError('METHOD_NOT_ALLOWED', {
    reason: because('METHOD_NOT_ALLOWED', { method: asked }),
    headers: { allow: listed.join(', ') },
  });
}

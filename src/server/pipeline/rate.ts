import { WebhookError } from '../../common/errors';
import { sourceOf } from '../net/sourceOf';
import { shownCredential } from './shownCredential';
import type { Services, Stage } from './stage';
import type { Accepted, VerifiedDelivery } from './types';
import { because, type Reason } from '../../common/reasons/reason';

/** Before anything is read: is there room in this process, and has this caller not failed too often? */
export function admit(delivery: Accepted, { failures }: Services): Accepted {
  const wait = failures.wait(delivery.endpoint.key, delivery.ip, () => shownCredential(delivery));
  if (wait > 0) {
    throw rateLimited(wait, because('ATTEMPTS_NOT_VERIFIED', { address: delivery.ip }));
  }
  const { key } = delivery.endpoint;
  const isKnown = failures.isKnown(key, delivery.ip);
  delivery.lease.enter({ webhook: key, source: sourceOf(delivery.ip), isKnown });
  return delivery;
}

/** The stage as it is, and its refusals count against the caller's address. Those for want of room don't. */
export function countingFailures<In extends Accepted, Out>(stage: Stage<In, Out>): Stage<In, Out> {
  return async (delivery, services) => {
    try {
      return await stage(delivery, services);
    } catch (error) {
      if (error instanceof WebhookError && error.status < 500) {
        services.failures.count(delivery.endpoint.key, delivery.ip, () => shownCredential(delivery));
      }
      throw error;
    }
  };
}

/** After verification, so that nobody else can use up what the true sender needs: the webhook's own rate. */
export async function limitRate(delivery: VerifiedDelivery, { rates }: Services): Promise<VerifiedDelivery> {
  const { endpoint, ip } = delivery;
  const { rateLimit } = endpoint.config;
  const wait = rateLimit ? await rates.take(endpoint.key, rateLimit, ip) : 0;
  if (rateLimit && wait > 0) {
    const { points, duration: seconds } = rateLimit;
    throw rateLimited(wait, because('RATE_LIMIT_REACHED', { points, seconds }));
  }
  return delivery;
}

function rateLimited(wait: number, reason: Reason): WebhookError {
  return new WebhookError('RATE_LIMITED', { reason, headers: { 'retry-after': String(Math.ceil(wait / 1000)) } });
}

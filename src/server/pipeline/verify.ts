import { WebhookError } from '../../common/errors';
import { verifyRequest } from '../verifiers';
import { enrich } from './enrich';
import type { Read, Services, VerifiedDelivery } from './types';

/** Proves who called, over the received bytes. The caller learns no more than that it failed. */
export async function verify(delivery: Read, { env }: Services): Promise<VerifiedDelivery> {
  const { endpoint, method, url, headers, rawBody, viaTrustedProxy } = delivery;
  const verification = await verifyRequest({
    auth: endpoint.auth,
    request: { method, url, headers, rawBody, viaTrustedProxy },
    env: env(),
    now: delivery.receivedAt.getTime() / 1000,
  });
  if (!verification.ok) {
    throw new WebhookError('UNVERIFIED', { reason: verification.reason });
  }
  return enrich(delivery, { verification });
}

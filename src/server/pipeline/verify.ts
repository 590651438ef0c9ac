import { WebhookError } from '../../common/errors';
import { verifyRequest } from '../verifiers';
import { enrich } from './enrich';
import { shownCredential } from './shownCredential';
import type { Services } from './stage';
import type { Read, VerifiedDelivery } from './types';

/** Proves who called, over the received bytes. The caller learns no more than that it failed. */
export async function verify(delivery: Read, { env, failures, captured }: Services): Promise<VerifiedDelivery> {
  const { endpoint, method, url, headers, rawBody, packedBody, viaTrustedProxy, params, lease } = delivery;
  const { auth } = endpoint;
  const confirmed = captured.confirmedFor(endpoint);
  const verifying = verifyRequest({
    auth,
    ...(confirmed.length > 0 && { secrets: [...(('secrets' in auth && auth.secrets) || []), ...confirmed] }),
    request: { method, url, headers, params, rawBody, packedBody, viaTrustedProxy },
    env: env(),
    now: delivery.receivedAt.getTime() / 1000,
    caller: lease,
  });
  const verification = verifying instanceof Promise ? await lease.whileWaiting(verifying) : verifying;
  if (!verification.ok) {
    throw new WebhookError('UNVERIFIED', { reason: verification.reason, status: verification.status });
  }
  // A challenge may be answered without any proof.
  if (auth.type !== 'none' && !verification.handshake) {
    failures.verified(endpoint.key, delivery.ip, shownCredential(delivery));
  }
  // An allowlist proves where a caller is, which is more than nothing.
  lease.verified(auth.type === 'none' && endpoint.allowed.length === 0);
  return enrich(delivery, { verification });
}

import type { MtlsAuth } from '../../common/auth';
import { equalSent, equalText } from './compare';
import { refuse, requiredHeader } from './providers/fields';
import type { VerifyRequest, VerifyResult } from './types';

/**
 * Lets in the client certificates that a proxy has checked and that are on the webhook's list. The proxy's headers are
 * believed only if the request came from a trusted proxy: anybody else could write them.
 */
export function verifyMtls(auth: MtlsAuth, request: VerifyRequest): VerifyResult {
  if (request.viaTrustedProxy !== true) {
    return refuse('The request did not come from a trusted proxy, so its word on a certificate does not count.');
  }
  const verdict = requiredHeader(request, auth.verifyHeader.toLowerCase());
  const identity = requiredHeader(request, auth.identityHeader.toLowerCase());
  if (typeof verdict !== 'string') return verdict;
  if (typeof identity !== 'string') return identity;
  if (!equalText(verdict, auth.verifyValue)) {
    return refuse(`The proxy says "${verdict.slice(0, 100)}" of the client certificate.`);
  }
  return auth.allowed.some(equalSent(identity))
    ? { ok: true, secretName: null, deliveryId: null }
    : refuse(`The client certificate of "${identity.slice(0, 200)}" is not one that is let in here.`);
}

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
    return refuse('PROXY_NOT_TRUSTED');
  }
  const verdict = requiredHeader(request, auth.verifyHeader.toLowerCase());
  const identity = requiredHeader(request, auth.identityHeader.toLowerCase());
  if (typeof verdict !== 'string') return verdict;
  if (typeof identity !== 'string') return identity;
  if (!equalText(verdict, auth.verifyValue)) {
    return refuse('CERTIFICATE_NOT_VERIFIED', { verdict });
  }
  return auth.allowed.some(equalSent(identity))
    ? { ok: true, secretName: null, deliveryId: null }
    : refuse('CERTIFICATE_NOT_ALLOWED', { identity });
}

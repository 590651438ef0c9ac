// Framework-free: whether there is anything to verify calls with.

import type { JwtAuth, WebhookAuth } from './auth';
import { secretKind, type SecretInput } from './secrets';

/** Whether calls can't be verified because there is nothing yet to verify them with. */
export function needsSecret(auth: WebhookAuth): boolean {
  switch (auth.type) {
    case 'none':
    case 'mtls':
      return false;
    case 'basic':
      return areEmpty(auth.passwords);
    case 'jwt':
      return usesSecret(auth) ? areEmpty(auth.secrets) : !auth.publicKey && !auth.jwksUrl;
    case 'signature':
      return !auth.key?.url && areEmpty(auth.secrets);
    default:
      return areEmpty(auth.secrets);
  }
}

/** HS… algorithms verify with a shared secret, all others with the sender's public key. */
export function usesSecret({ algorithms = [] }: Pick<JwtAuth, 'algorithms'>): boolean {
  return algorithms.some((algorithm) => algorithm.startsWith('HS'));
}

function areEmpty(secrets: readonly SecretInput[] = []): boolean {
  return secrets.every((secret) => secretKind(secret) === 'empty');
}

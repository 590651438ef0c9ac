import type { WebhookAuth } from '../common/auth';
import { findProvider } from '../common/providers';
import { envReference, type SecretEntry, type SecretInput } from '../common/secrets';

/** Encrypts a literal for storage. */
export type Seal = (literal: string) => Promise<string>;
/** The literal of what was sealed; throws where it was sealed by another app's key. */
export type Unseal = (sealed: string) => string;

/**
 * The verification settings as they are stored: every literal secret encrypted, `{{$env.NAME}}` left as it is.
 * What is sealed already stays. The input is not changed.
 */
export async function sealAuth(auth: WebhookAuth, seal: Seal): Promise<WebhookAuth> {
  return mapSecrets(auth, (secret) => sealSecret(secret, seal));
}

/** The same settings with every secret readable. One that can't be unsealed stays sealed, and so never matches. */
export function unsealAuth(auth: WebhookAuth, unseal: Unseal): WebhookAuth {
  const copy = structuredClone(auth);
  forEachSecret(copy, (secret, replace) => replace(unsealSecret(secret, unseal)));
  return copy;
}

async function mapSecrets(
  auth: WebhookAuth,
  change: (secret: SecretInput) => Promise<SecretInput>,
): Promise<WebhookAuth> {
  const copy = structuredClone(auth);
  const pending: Promise<void>[] = [];
  forEachSecret(copy, (secret, replace) => pending.push(change(secret).then(replace)));
  await Promise.all(pending);
  return copy;
}

/** The one place that knows where in the settings secrets stand. */
function forEachSecret(auth: WebhookAuth, visit: (secret: SecretInput, replace: (by: SecretInput) => void) => void) {
  for (const secrets of [auth.type === 'basic' ? auth.passwords : [], 'secrets' in auth ? auth.secrets : []]) {
    if (Array.isArray(secrets)) {
      secrets.forEach((secret, index) => visit(secret, (by) => (secrets[index] = by)));
    }
  }
  if (auth.type === 'provider' && auth.options) {
    const { options } = auth;
    for (const { name } of (findProvider(auth.provider)?.options ?? []).filter((option) => option.secret)) {
      const secret = options[name];
      if (isSecret(secret)) {
        visit(secret, (by) => (options[name] = by));
      }
    }
  }
}

function isSecret(value: unknown): value is SecretInput {
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
}

async function sealSecret(secret: SecretInput, seal: Seal): Promise<SecretInput> {
  const entry: SecretEntry = typeof secret === 'string' ? { value: secret } : secret;
  const { value, ...rest } = entry;
  if (value === undefined || value === '') {
    return rest;
  }
  return envReference(value) ? { ...rest, sealed: undefined, value } : { ...rest, sealed: await seal(value) };
}

function unsealSecret(secret: SecretInput, unseal: Unseal): SecretInput {
  if (typeof secret === 'string' || secret.sealed === undefined) {
    return secret;
  }
  const { sealed, ...rest } = secret;
  try {
    return { ...rest, value: unseal(sealed) };
  } catch {
    return secret;
  }
}

import type { WebhookAuth } from '../../common/auth';
import { findProvider } from '../../common/providers';
import { secretUse } from '../../common/secretUse';
import { envReference, type SecretEntry, type SecretInput } from '../../common/secrets';
import { issue, type ConfigIssue } from '../../common/rules';
import { looksSealed, type Sealer, type SecretPlace } from './Sealer';

/** Verification settings with their secrets readable, as far as they can be read. */
export interface OpenedAuth {
  /** A secret that can't be read stays sealed in it, and so never matches. */
  auth: WebhookAuth;
  /** What is sealed and can't be read: not for this place, or by another key. */
  unreadable: string[];
}

/**
 * The verification settings as they are stored: every literal secret sealed for the workflow of this key, `{{$env.NAME}}`
 * left as it is. What comes sealed stays as it is and is not looked into. The input is not changed.
 */
export function sealAuth(auth: WebhookAuth, key: string, sealer: Sealer): WebhookAuth {
  return mapSecrets(auth, key, (secret, place) => sealSecret(secret, place, sealer));
}

/** The same settings with every secret readable, for verifying. In memory only. */
export function openAuth(auth: WebhookAuth, key: string, sealer: Sealer): OpenedAuth {
  const unreadable: string[] = [];
  const opened = mapSecrets(auth, key, (secret, place) => {
    if (typeof secret === 'string' || secret.sealed === undefined) {
      return secret;
    }
    const { sealed, ...rest } = secret;
    const value = sealer.open(sealed, place);
    if (value === null) {
      unreadable.push(sealed);
    }
    return value === null ? secret : { ...rest, value };
  });
  return { auth: opened, unreadable };
}

/**
 * The settings of one workflow as those of another, for a copy: its secrets sealed for their new place. One that can't
 * be read stays so.
 */
export function resealAuth(auth: WebhookAuth, fromKey: string, toKey: string, sealer: Sealer): WebhookAuth {
  return sealAuth(openAuth(auth, fromKey, sealer).auth, toKey, sealer);
}

/** Where something that was never sealed is said to be. The settings' shape was found right. */
export function sealedIssues(auth: WebhookAuth): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  mapSecrets(auth, '', (secret, { field }) => {
    if (typeof secret === 'object' && secret.sealed !== undefined && !looksSealed(secret.sealed)) {
      issues.push(...issue(`auth.${field}`, 'This is no secret that was stored here. Enter it again.'));
    }
    return secret;
  });
  return issues;
}

type Change = (secret: SecretInput, place: SecretPlace) => SecretInput;

/**
 * The one place that knows where in the settings secrets stand. All of a list share one place, so that they can be
 * moved and removed.
 */
function mapSecrets(auth: WebhookAuth, key: string, change: Change): WebhookAuth {
  const copy = structuredClone(auth);
  const use = secretUse(auth);
  const at = (secret: SecretInput, field: string) => change(secret, { key, use, field });
  const list = (secrets: SecretInput[], field: string) =>
    secrets.map((secret) => (isSecret(secret) ? at(secret, field) : secret));
  if ('secrets' in copy && Array.isArray(copy.secrets)) {
    copy.secrets = list(copy.secrets, 'secrets');
  }
  if (copy.type === 'basic' && Array.isArray(copy.passwords)) {
    copy.passwords = list(copy.passwords, 'passwords');
  }
  if (copy.type === 'provider' && copy.options) {
    for (const { name } of (findProvider(copy.provider)?.options ?? []).filter((option) => option.secret)) {
      const secret = copy.options[name];
      if (isSecret(secret)) {
        copy.options[name] = at(secret, `options.${name}`);
      }
    }
  }
  return copy;
}

function isSecret(value: unknown): value is SecretInput {
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
}

function sealSecret(secret: SecretInput, place: SecretPlace, sealer: Sealer): SecretInput {
  const entry: SecretEntry = typeof secret === 'string' ? { value: secret } : secret;
  const { value, ...rest } = entry;
  if (value === undefined || value === '') {
    return rest;
  }
  return envReference(value) ? { ...rest, sealed: undefined, value } : { ...rest, sealed: sealer.seal(value, place) };
}

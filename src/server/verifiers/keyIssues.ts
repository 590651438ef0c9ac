import type { JwtAuth, WebhookAuth } from '../../common/auth';
import type { SignatureScheme } from '../../common/presets';
import { findProvider } from '../../common/providers';
import { issue, issueText, type ConfigIssue } from '../../common/rules';
import { envReference, type SecretInput } from '../../common/secrets';
import { fitsAlgorithm } from './jws';
import { holdsPrivateKey, holdsUnfitKey, readPublicKeys } from './jwtKeys';
import { publicKey } from './schemeKeys';
import { ASYMMETRIC } from './signatureKinds';

/**
 * What is wrong with the public keys of verification settings whose shape was found right; no text holds any of them.
 * Beside the shared check, since the clients can read no keys. Of what is stored, nothing is opened.
 */
export function keyIssues(auth: WebhookAuth): ConfigIssue[] {
  const found = [...privateKeyIssues(auth), ...unfitIssues(auth)];
  if (found.length > 0) {
    return found;
  }
  switch (auth.type) {
    case 'jwt':
      return jwtKeyIssues(auth);
    case 'signature':
      return schemeKeyIssues({ ...auth, kind: auth.kind ?? 'hmac' }, auth.secrets);
    case 'provider': {
      const scheme = findProvider(auth.provider)?.scheme;
      return scheme ? schemeKeyIssues(scheme, auth.secrets) : [];
    }
    default:
      return [];
  }
}

/**
 * Where a private key stands in for a public one. Whoever verifies needs none, and a public one is shown to makers. The
 * settings may be of any shape.
 */
export function privateKeyIssues(auth: WebhookAuth): ConfigIssue[] {
  const key = auth.type === 'jwt' && typeof auth.publicKey === 'string' ? auth.publicKey : '';
  if (holdsPrivateKey(key)) {
    return issue('auth.publicKey', PRIVATE);
  }
  return 'secrets' in auth && usesPairs(auth) && literals(auth.secrets).some(holdsPrivateKey)
    ? issue('auth.secrets', PRIVATE)
    : [];
}

function unfitIssues(auth: WebhookAuth): ConfigIssue[] {
  if (auth.type === 'jwt' && holdsUnfitKey(auth.publicKey ?? '')) {
    return issue('auth.publicKey', UNFIT);
  }
  return 'secrets' in auth && usesPairs(auth) && literals(auth.secrets).some(holdsUnfitKey)
    ? issue('auth.secrets', UNFIT)
    : [];
}

const UNFIT = issueText(
  'An RSA key must have 1,024 to 8,192 bits, and an odd exponent from 3 to 2^32: 65,537 is usual.',
);

const PRIVATE = issueText(
  'This is a private key, which no one but the sender may have. Enter the public key that belongs to it; if this one was in use, make a new pair.',
);

const UNREADABLE = issueText(
  'This is no public key that can be read: enter a PEM (key or certificate), a JWK or a JWKS.',
);

const UNUSABLE = issueText('None of these is a public key that this kind of signature can be checked with.');

/** Whether a secret may be a public key there. */
function usesPairs(auth: WebhookAuth): boolean {
  return auth.type === 'signature' ? isOfPairs(auth) : auth.type === 'jwt' || auth.type === 'provider';
}

function isOfPairs({ kind = 'hmac', key }: Partial<Pick<SignatureScheme, 'kind' | 'key'>>): boolean {
  return ASYMMETRIC.has(kind) && key?.enc !== 'seed';
}

function jwtKeyIssues({ publicKey: text = '', algorithms }: JwtAuth): ConfigIssue[] {
  const keys = readPublicKeys(text);
  if (keys.length === 0) {
    // Also where it isn't used: it is shown, and could be a secret that was typed into the wrong field.
    return text.trim() === '' ? [] : issue('auth.publicKey', UNREADABLE);
  }
  // With shared secrets alone one of before is left, and the panel doesn't show it.
  const isLeft = algorithms.every((algorithm) => algorithm.startsWith('HS'));
  const isUsed = keys.some(({ key, alg }) =>
    algorithms.some((algorithm) => (alg === null || alg === algorithm) && fitsAlgorithm(algorithm, key)),
  );
  return isLeft || isUsed
    ? []
    : issue('auth.publicKey', 'This key is of another kind than the chosen algorithms: {{algorithms}}.', {
        algorithms: algorithms.join(', '),
      });
}

/** Beside the keys there may be secrets that answers are made with, so that one key is enough. */
function schemeKeyIssues(scheme: SignatureScheme, secrets: unknown): ConfigIssue[] {
  const texts = literals(secrets);
  const areAll = Array.isArray(secrets) && texts.length === secrets.length;
  if (!isOfPairs(scheme) || scheme.key?.url || texts.length === 0 || !areAll) {
    return [];
  }
  return texts.some((text) => isKeyOf(scheme, text)) ? [] : issue('auth.secrets', UNUSABLE);
}

function isKeyOf({ kind, key, algorithms = [] }: SignatureScheme, text: string): boolean {
  if (kind !== 'jws') {
    return publicKey(text, kind, key) !== null;
  }
  // An algorithm of shared secrets takes any text.
  return (
    algorithms.some((algorithm) => algorithm.startsWith('HS')) ||
    readPublicKeys(text).some((found) => algorithms.some((algorithm) => fitsAlgorithm(algorithm, found.key)))
  );
}

/** What was typed in, and is no variable. */
function literals(secrets: unknown): string[] {
  return (Array.isArray(secrets) ? (secrets as (SecretInput | null)[]) : [])
    .map((secret) => (typeof secret === 'string' ? secret : secret?.value))
    .filter((text) => typeof text === 'string' && text !== '' && envReference(text) === null) as string[];
}

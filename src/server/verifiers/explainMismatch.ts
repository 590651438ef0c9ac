import type { SignatureScheme } from '../../common/presets';
import { baseOf, contentTemplates, holdsUrl, placeholdersIn } from '../../common/signedText';
import { bodyVariants } from './bodyVariants';
import { refuse } from './providers/fields';
import { CHECKS } from './signatureKinds';
import { TooMuchWork, type Sources } from './Sources';
import { rendering } from './template';
import type { NotVerified, ResolvedSecret } from './types';
import { originOf } from './withoutQuery';

/** Bodies beyond this many bytes are not looked into: a stranger's failures must stay cheap. */
const MAX_BODY = 65_536;

/** Secrets that are tried on the variants of a body. */
const MAX_SECRETS = 3;

export interface Mismatch {
  sources: Sources;
  ts: string | null;
  /** What stands beside the signature. */
  items: readonly string[];
  secrets: readonly ResolvedSecret[];
  signatures: readonly Buffer[];
}

/**
 * Why no signature matched: proven where a usual accident to body or secret makes one match, else what it may be.
 * Only for shared keys: there a trial costs next to nothing.
 */
export function explainMismatch(scheme: SignatureScheme, mismatch: Mismatch): NotVerified {
  return provenWithin(scheme, mismatch) ?? suspected(scheme, mismatch.sources.request.url);
}

/** Null too: it would be more work than is left for this call. */
function provenWithin(scheme: SignatureScheme, mismatch: Mismatch): NotVerified | null {
  try {
    return proven(scheme, mismatch);
  } catch (error) {
    if (error instanceof TooMuchWork) {
      return null;
    }
    throw error;
  }
}

function proven(scheme: SignatureScheme, mismatch: Mismatch): NotVerified | null {
  const { rawBody } = mismatch.sources.request;
  const secrets = mismatch.secrets.slice(0, MAX_SECRETS);
  if ((scheme.kind !== 'hmac' && scheme.kind !== 'hash') || rawBody.length > MAX_BODY) {
    return null;
  }
  const asReceived = fitting(scheme, mismatch, rawBody);
  const padded = secrets.some(({ value }) => value !== value.trim() && asReceived(value.trim()));
  if (padded) {
    return refuse('SECRET_HAS_SPACES');
  }
  if (!contentTemplates(scheme).some(holdsRawBody)) {
    return null;
  }
  const variant = bodyVariants(rawBody).find(({ body }) => {
    const fits = fitting(scheme, mismatch, body);
    return secrets.some(({ value }) => fits(value));
  });
  return variant ? refuse('BODY_CHANGED', { detail: variant.accident }) : null;
}

/** Whether a signature is one of this body under a secret. */
function fitting(scheme: SignatureScheme, { sources, ts, items, signatures }: Mismatch, body: Buffer) {
  const render = rendering({ sources, ts, items, headers: scheme.headers, body });
  return (secret: string): boolean =>
    contentTemplates(scheme).some((template) => {
      const content = render(template, secret);
      return !('ok' in content) && CHECKS[scheme.kind]?.(scheme, secret, content, signatures)?.includes(true) === true;
    });
}

/** The body itself, or its digest; a form's fields are read out of the one that was received. */
function holdsRawBody(template: string): boolean {
  return placeholdersIn(template).some((name) => baseOf(name) === 'body');
}

function suspected(scheme: SignatureScheme, url: string): NotVerified {
  return contentTemplates(scheme).some(holdsUrl)
    ? refuse('SIGNATURE_MISMATCH_URL', { origin: originOf(url) })
    : refuse('SIGNATURE_MISMATCH');
}

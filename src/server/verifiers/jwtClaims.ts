import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { JwtAuth } from '../../common/auth';
import { equalText } from './compare';
import { decodeText } from './encoding';
import { equalBytes, refuse } from './providers/fields';
import type { NotVerified } from './types';

/** What the webhook wants of a token beside RFC 7519's own claims; null: it is all there. */
export function checkClaims(
  { claims = {}, bodyHash }: Pick<JwtAuth, 'claims' | 'bodyHash'>,
  payload: JWTPayload,
  body: Buffer,
): NotVerified | null {
  for (const [name, allowed] of Object.entries(claims)) {
    if (!isOneOf(own(payload, name), [allowed].flat())) {
      return refuse('TOKEN_CLAIM_MISMATCH', { claim: name });
    }
  }
  return bodyHash ? checkBodyHash(bodyHash, payload, body) : null;
}

/** A claim that is a list has to hold one of them; numbers and truth values count as they are written in JSON. */
function isOneOf(claim: unknown, allowed: readonly string[]): boolean {
  const texts = [claim].flat().flatMap((value) => (isPlain(value) ? [String(value)] : []));
  return allowed.filter((value) => texts.some((text) => equalText(text, value))).length > 0;
}

/** The token is good for the body alone that it was made for: a changed one is refused. */
function checkBodyHash(
  { claim, alg = 'sha256', enc = 'hex' }: NonNullable<JwtAuth['bodyHash']>,
  payload: JWTPayload,
  body: Buffer,
): NotVerified | null {
  const value = own(payload, claim);
  const expected = typeof value === 'string' ? decodeText(value, enc) : null;
  if (!expected) {
    return refuse('TOKEN_HASH_MALFORMED', { claim, form: enc });
  }
  return equalBytes(createHash(alg).update(body).digest(), expected)
    ? null
    : refuse('BODY_DIGEST_MISMATCH', { name: claim });
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function own(payload: JWTPayload, name: string): unknown {
  return Object.hasOwn(payload, name) ? payload[name] : undefined;
}

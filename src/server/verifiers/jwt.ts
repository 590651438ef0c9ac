import { errors, jwtVerify, type JWTPayload, type KeyInput } from 'jose';
import type { JwtAuth } from '../../common/auth';
import type { JwtAlgorithm } from '../../common/jwtAlgorithms';
import { checkClaims } from './jwtClaims';
import { looksLikePublicKey, readPublicKeys, type PublicKey } from './jwtKeys';
import { fetchPublicKeys } from './keySets';
import { parseJsonObject, refuse, requiredHeader, requiredQuery } from './providers/fields';
import { fieldOfBody } from './token';
import type { NotVerified, Outbound, ResolvedSecret, Verified, VerifyRequest, VerifyResult } from './types';
import { messageOf } from '../messageOf';

const CLOCK_TOLERANCE = 30;
const MAX_TOKEN = 16_384;

/** Of a token that the body is, or a field of it: what it says is the data. */
const MAX_IN_BODY = 262_144;

export interface JwtInput {
  request: VerifyRequest;
  /** For HS… algorithms; those that have not expired. */
  secrets: readonly ResolvedSecret[];
  /** Unix seconds. */
  now: number;
  outbound: Outbound;
}

interface TokenHeader {
  alg: JwtAlgorithm;
  kid: string | null;
}

interface Candidate {
  name: string | null;
  key: KeyInput;
}

/**
 * Checks a JSON Web Token (RFC 7519): the algorithm must be on the webhook's list, and what kind of key it is checked
 * with follows from the webhook's settings, never from the token.
 */
export async function verifyJwt(auth: JwtAuth, input: JwtInput): Promise<VerifyResult> {
  const token = readToken(auth, input.request);
  if (typeof token !== 'string') {
    return token;
  }
  const header = readHeader(token, auth.algorithms);
  if ('ok' in header) {
    return header;
  }
  const candidates = header.alg.startsWith('HS')
    ? secretKeys(input.secrets)
    : await publicKeys(auth, header, input).catch((error: unknown) =>
        refuse('KEYS_NOT_FETCHED', { error: messageOf(error) }),
      );
  return Array.isArray(candidates) ? tryKeys(auth, token, header.alg, candidates, input) : candidates;
}

/** The token as it was sent; a refusal where there is none. */
export function readToken(auth: JwtAuth, request: VerifyRequest): string | NotVerified {
  const value = valueWithToken(auth, request);
  if (typeof value !== 'string') {
    return value;
  }
  const isBearer = (auth.in ?? 'header') === 'header' && /^(authorization)?$/i.test(auth.name ?? '');
  const scheme = auth.scheme?.trim() ?? (isBearer ? 'Bearer' : '');
  const prefix = scheme === '' ? '' : `${scheme} `;
  if (value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) {
    return refuse('TOKEN_WORD_MISSING', { word: scheme });
  }
  const token = value.slice(prefix.length).trim();
  return token.length <= (auth.in === 'body' ? MAX_IN_BODY : MAX_TOKEN) && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)
    ? token
    : refuse('TOKEN_MALFORMED');
}

/** In a body without a name, the token is all of it. */
function valueWithToken({ in: place = 'header', name }: JwtAuth, request: VerifyRequest): string | NotVerified {
  switch (place) {
    case 'header':
      return requiredHeader(request, (name || 'authorization').toLowerCase());
    case 'query':
      return requiredQuery(request, name || 'token');
    case 'body':
      return name ? fieldOfBody(name, request).value : request.rawBody.toString('utf8');
  }
}

function readHeader(token: string, allowed: readonly JwtAlgorithm[]): TokenHeader | NotVerified {
  const written = token.slice(0, token.indexOf('.'));
  const header = written.length > MAX_TOKEN ? null : parseJsonObject(Buffer.from(written, 'base64url'));
  // RFC 7515 section 4.1.11: whoever doesn't understand all that is named there must refuse. None of it is understood here.
  if (header && 'crit' in header) {
    return refuse('TOKEN_EXTENDED');
  }
  const alg = allowed.find((algorithm) => algorithm === header?.alg);
  return alg
    ? { alg, kid: typeof header?.kid === 'string' ? header.kid : null }
    : refuse('TOKEN_ALGORITHM_NOT_ALLOWED', { algorithm: String(header?.alg) });
}

/** A public key given as a secret is passed over: whoever knows it could sign with it. */
function secretKeys(secrets: readonly ResolvedSecret[]): Candidate[] {
  return secrets
    .filter(({ value }) => value !== '' && !looksLikePublicKey(value))
    .map(({ name, value }) => ({ name, key: Buffer.from(value) }));
}

async function publicKeys(auth: JwtAuth, header: TokenHeader, input: JwtInput): Promise<Candidate[]> {
  const given = input.secrets.filter(({ value }) => looksLikePublicKey(value));
  const fixed = [auth.publicKey ?? '', ...given.map(({ value }) => value)].flatMap(readPublicKeys);
  const cached = auth.jwksUrl ? await fetchPublicKeys(auth.jwksUrl, input, false) : [];
  const known = fitting([...fixed, ...cached], header);
  // A key that isn't known yet may have come with a rotation; the cool-down keeps made-up ids from being fetched for.
  return known.length > 0 || !auth.jwksUrl ? known : fitting(await fetchPublicKeys(auth.jwksUrl, input, true), header);
}

function fitting(keys: PublicKey[], { alg, kid }: TokenHeader): Candidate[] {
  return keys
    .filter((key) => (key.alg === null || key.alg === alg) && (kid === null || key.id === null || key.id === kid))
    .map(({ id, key }) => ({ name: id, key }));
}

async function tryKeys(
  auth: JwtAuth,
  token: string,
  alg: JwtAlgorithm,
  candidates: Candidate[],
  { now, request }: JwtInput,
): Promise<VerifyResult> {
  for (const { name, key } of candidates) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [alg],
        currentDate: new Date(now * 1000),
        clockTolerance: auth.clockTolerance ?? CLOCK_TOLERANCE,
        ...(auth.maxAge ? { maxTokenAge: auth.maxAge } : {}),
        requiredClaims: (auth.requireExpiry ?? true) ? ['exp'] : [],
        ...(auth.issuer ? { issuer: auth.issuer } : {}),
        ...(auth.audience ? { audience: auth.audience } : {}),
      });
      // `jti` names the token, not the delivery: an access token is sent with every call until it ends.
      return (
        checkIssuedAt(auth, payload, now) ??
        checkClaims(auth, payload, request.rawBody) ?? {
          ok: true,
          secretName: name,
          ...(auth.in === 'body' ? asBody(token, payload) : { deliveryId: null }),
        }
      );
    } catch (error) {
      // The signature comes first: a claim that is refused was signed with this very key.
      if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
        return claimRefusal(error, now);
      }
    }
  }
  return candidates.length === 0
    ? refuse('KEY_OF_ALGORITHM_NOT_SET', { algorithm: alg })
    : refuse('SIGNATURE_MISMATCH');
}

/** What a token in the body says is the data, and all of it that is proven; its id is that of one message. */
function asBody(token: string, { jti }: JWTPayload): Pick<Verified, 'plaintext' | 'deliveryId'> {
  const [, payload = ''] = token.split('.');
  return {
    plaintext: { body: Buffer.from(payload, 'base64url'), contentType: 'application/json' },
    deliveryId: typeof jti === 'string' && jti !== '' ? jti : null,
  };
}

/** A token of the future is refused as well as an old one. */
function checkIssuedAt(auth: JwtAuth, { iat }: JWTPayload, now: number): NotVerified | null {
  const ahead = iat === undefined ? 0 : iat - now;
  return ahead > (auth.clockTolerance ?? CLOCK_TOLERANCE)
    ? refuse('TOKEN_ISSUED_AHEAD', { seconds: Math.round(ahead) })
    : null;
}

function claimRefusal(error: errors.JWTClaimValidationFailed | errors.JWTExpired, now: number): NotVerified {
  const { claim, reason, payload } = error;
  if (reason === 'missing') {
    return refuse('TOKEN_CLAIM_MISSING', { claim });
  }
  if (claim === 'exp' && payload.exp !== undefined) {
    return refuse('TOKEN_EXPIRED', { seconds: Math.round(now - payload.exp) });
  }
  if (claim === 'nbf' && payload.nbf !== undefined) {
    return refuse('TOKEN_NOT_YET_VALID', { seconds: Math.round(payload.nbf - now) });
  }
  if (claim === 'iat') {
    return refuse('TOKEN_TOO_OLD');
  }
  return refuse('TOKEN_CLAIM_MISMATCH', { claim });
}

import type { JwtAuth } from '../../common/auth';
import { digestsSecret } from '../../common/replyText';
import type { JwtScheme } from '../../common/providers/provider';
import { deliveryId } from './deliveryId';
import { answerUnsigned } from './handshakes';
import { readToken, verifyJwt } from './jwt';
import { refuse } from './providers/fields';
import type { ResolvedSecrets } from './resolveSecrets';
import type { Sources } from './Sources';
import type { MaybePromise, NotVerified, Outbound, VerifyResult } from './types';

export interface JwtProviderInput {
  sources: Sources;
  secrets: ResolvedSecrets;
  /** Unix seconds. */
  now: number;
  outbound: Outbound;
}

/** Verifies what a maker has set up, pings and challenges included. */
export function verifyOwnJwt(
  auth: JwtAuth,
  { sources, secrets, now, outbound }: JwtProviderInput,
): MaybePromise<VerifyResult> {
  // What the secret digests could be a token's signature: settings that are older than the rule against it say nothing.
  const open = (auth.handshake ?? []).filter(
    ({ auth: proof, reply }) =>
      proof === 'none' && ![reply.body ?? '', ...Object.values(reply.headers ?? {})].some(digestsSecret),
  );
  return (
    answerUnsigned({ kind: 'token', handshake: open }, sources, secrets, now) ??
    verifyJwt(auth, { request: sources.request, secrets: secrets.usable, now, outbound })
  );
}

/** Verifies a provider that sends a JSON Web Token, its handshakes included. */
export function verifyJwtProvider(jwt: JwtScheme, input: JwtProviderInput): MaybePromise<VerifyResult> {
  const { handshake, id, ...scheme } = jwt;
  const { sources, secrets, now } = input;
  const auth = withOptions(scheme, sources);
  return (
    answerUnsigned({ kind: 'token', handshake }, sources, secrets, now) ??
    ('ok' in auth ? auth : verify(auth, id, input))
  );
}

async function verify(auth: JwtAuth, id: JwtScheme['id'], input: JwtProviderInput): Promise<VerifyResult> {
  const { sources, secrets, now, outbound } = input;
  const result = await verifyJwt(auth, { request: sources.request, secrets: secrets.usable, now, outbound });
  return result.ok ? { ...result, deliveryId: deliveryId({ id }, sources, () => signedPart(auth, sources)) } : result;
}

/** Header and claims: a signature by elliptic curves can be written in two ways. */
function signedPart(auth: JwtAuth, { request }: Sources): string[] {
  const token = readToken(auth, request);
  return typeof token === 'string' ? [token.slice(0, token.lastIndexOf('.'))] : [];
}

/** The webhook's own values in place of `config:…`: one that isn't set would leave unchecked what it is there for. */
function withOptions(scheme: Omit<JwtScheme, 'id' | 'handshake'>, sources: Sources): JwtAuth | NotVerified {
  const problems: NotVerified[] = [];
  const filled = (text: string): string => {
    if (!text.startsWith('config:')) {
      return text;
    }
    const value = sources.one(text);
    if (typeof value !== 'string') {
      problems.push(refuse(`The setting "${text.slice('config:'.length)}" is not set.`));
      return '';
    }
    return value;
  };
  const { issuer, audience, jwksUrl, claims = {} } = scheme;
  const auth: JwtAuth = {
    type: 'jwt',
    ...scheme,
    ...(issuer !== undefined && { issuer: filled(issuer) }),
    ...(audience !== undefined && { audience: filled(audience) }),
    ...(jwksUrl !== undefined && { jwksUrl: filled(jwksUrl) }),
    claims: Object.fromEntries(
      Object.entries(claims).map(([name, value]) => [name, [value].flat().map((text) => filled(text))]),
    ),
  };
  return problems[0] ?? auth;
}

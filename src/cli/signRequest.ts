import {
  constants,
  createHash,
  createHmac,
  createSign,
  randomBytes,
  sign as signBytes,
  type KeyObject,
} from 'node:crypto';
import type { JwtAlgorithm } from '../common/jwtAlgorithms';
import type { SignatureScheme, Source } from '../common/presets';
import { signatureItems } from '../common/signatureItems';
import { baseOf, contentTemplates, placeholdersIn } from '../common/signedText';
import { timeUnit } from '../common/timeUnits';
import { encodeBytes } from '../server/verifiers/digests';
import { seededKey, sharedKey } from '../server/verifiers/schemeKeys';
import { Sources } from '../server/verifiers/Sources';
import { renderContent, type Content } from '../server/verifiers/template';
import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError } from './io';
import { place } from './place';
import { inEnglish } from '../common/reasons/describe';

const NO_PRIVATE_KEY = 'This provider signs with a private key of its own; give one with --private-key key.pem.';
const SIGNS_BY_SECRET = 'This provider does not sign with a private key: give its secret.';

export interface Signer {
  /** Shared by both sides; empty where `privateKey` signs. */
  secret: string;
  privateKey?: KeyObject;
  /** Settings of the provider beside its secret. */
  options?: Record<string, unknown>;
  /** Unix seconds. */
  now: number;
}

/**
 * The request with what the scheme wants to see in it: the signed time, ids that are signed, and the signature. The
 * signed text and the key are the verifier's own.
 */
export function signRequest(scheme: SignatureScheme, request: VerifyRequest, signer: Signer): VerifyRequest {
  const { sig, ts, kind } = scheme;
  const [target] = [sig.from].flat();
  if (target === undefined) {
    throw new UsageError('The settings do not say where the signature stands.');
  }
  if (kind === 'token') {
    return place(request, target, `${sig.strip ?? ''}${signer.secret}`);
  }
  const time = ts ? timeUnit(ts.unit).write(signer.now) : null;
  const timed = ts && time !== null && !ts.from.startsWith('sig:') ? place(request, ts.from as Source, time) : request;
  const [template = '{body}'] = contentTemplates(scheme);
  const whole = withMissing(withHeaderList(withKeyName(timed, scheme), scheme), template, scheme);
  const beside = itemsBeside(template);
  const content = renderContent(template, {
    sources: new Sources(whole, signer.options ?? {}),
    ts: time,
    items: beside,
    secret: signer.secret,
    headers: scheme.headers,
  });
  if ('ok' in content) {
    throw new UsageError(inEnglish(content.reason));
  }
  const signature =
    kind === 'jws' ? detachedJws(scheme, content, signer) : encodeBytes(digest(scheme, content, signer), sig.enc);
  const value = `${sig.strip ?? ''}${signatureItems(scheme, signature, time, beside)}`;
  return place(whole, target, sig.json === undefined ? value : wrapped(value, sig.json));
}

/** As JSON in base64. */
function wrapped(signature: string, field: string): string {
  return Buffer.from(JSON.stringify({ [field]: signature })).toString('base64');
}

/** RFC 7515 appendix F; the algorithm is the first of the scheme's. */
function detachedJws({ algorithms: [alg = 'RS256'] = [] }: SignatureScheme, content: Content, signer: Signer): string {
  const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
  const payload = Buffer.concat(content.map((piece) => Buffer.from(piece))).toString('base64url');
  return `${header}..${jwsBytes(alg, Buffer.from(`${header}.${payload}`), signer).toString('base64url')}`;
}

function jwsBytes(alg: JwtAlgorithm, message: Buffer, { secret, privateKey: key }: Signer): Buffer {
  const hash = `sha${alg.slice(2)}`;
  if (alg.startsWith('HS')) {
    return createHmac(hash, secret).update(message).digest();
  }
  if (!key) {
    throw new UsageError(NO_PRIVATE_KEY);
  }
  const { RSA_PKCS1_PSS_PADDING, RSA_PKCS1_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;
  const padding = alg.startsWith('PS') ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  const options = alg.startsWith('ES') ? { dsaEncoding: 'ieee-p1363' as const } : { padding };
  return alg === 'EdDSA'
    ? signBytes(null, message, key)
    : signBytes(hash, message, { key, saltLength: RSA_PSS_SALTLEN_DIGEST, ...options });
}

function digest(
  { kind, alg = 'sha256', key, padding, form }: SignatureScheme,
  content: Content,
  signer: Signer,
): Buffer {
  const message = Buffer.concat(content.map((piece) => Buffer.from(piece)));
  if (kind === 'hash') {
    return createHash(alg).update(message).digest();
  }
  if (kind === 'hmac') {
    const bytes = sharedKey(signer.secret, key);
    if (!bytes) {
      throw new UsageError(`The secret is no key as this scheme wants it: ${key?.enc ?? 'text'}.`);
    }
    return createHmac(alg, bytes).update(message).digest();
  }
  const isSeeded = key?.enc === 'seed';
  const privateKey = isSeeded ? seededKey(signer.secret, key) : signer.privateKey;
  if (!privateKey) {
    throw new UsageError(isSeeded ? SIGNS_BY_SECRET : NO_PRIVATE_KEY);
  }
  return kind === 'ed25519'
    ? signBytes(null, message, privateKey)
    : createSign(alg)
        .update(message)
        .sign({
          key: privateKey,
          ...(kind === 'rsa' && {
            padding: padding === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING,
          }),
          ...(kind === 'ecdsa' && { dsaEncoding: form === 'p1363' ? 'ieee-p1363' : 'der' }),
        });
}

/** What is signed of the signature's own list, beside the time: made up, each behind its prefix. */
function itemsBeside(template: string): string[] {
  return placeholdersIn(template)
    .map((name) => baseOf(name))
    .filter((name) => name.startsWith('sig:') && !name.startsWith('sig:#'))
    .map((name) => `${name.slice('sig:'.length)}${randomBytes(4).toString('hex')}`);
}

/** Ids, nonces and the like that are signed, unless the caller gave them. */
function withMissing(request: VerifyRequest, template: string, { headers }: SignatureScheme): VerifyRequest {
  const names = placeholdersIn(template).flatMap((name) =>
    baseOf(name)
      .replace(/^sorted:/, '')
      .split(','),
  );
  return [...names, ...headersToSign(headers)]
    .filter((name): name is Source => /^(header|query|json|form|form-json):/.test(name))
    .reduce(
      (made, source) =>
        new Sources(made, {}).all(source).length > 0 ? made : place(made, source, randomBytes(12).toString('hex')),
      request,
    );
}

/** The header that lists the signed ones, where the request has none. */
function withHeaderList(request: VerifyRequest, { headers }: SignatureScheme): VerifyRequest {
  if (!headers || Array.isArray(headers.names) || new Sources(request, {}).all(headers.names).length > 0) {
    return request;
  }
  const own = headers.names.slice('header:'.length);
  return place(request, headers.names, [own, ...(headers.required ?? [])].join(headers.split ?? ','));
}

function headersToSign(headers: SignatureScheme['headers']): string[] {
  return (Array.isArray(headers?.names) ? headers.names : []).map((name) => `header:${name}`);
}

function withKeyName(request: VerifyRequest, { key }: SignatureScheme): VerifyRequest {
  return key?.idFrom && new Sources(request, {}).all(key.idFrom).length === 0
    ? place(request, key.idFrom, 'local-key')
    : request;
}

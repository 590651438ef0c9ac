import type { SignatureScheme } from '../../common/presets';
import { formatOf } from '../../common/contentTypes';
import { contentTemplates } from '../../common/signedText';
import { findMediaType } from '../parsers/mediaType';
import { isBodyBounded } from './bodyBounds';
import { equalSent } from './compare';
import { decryptedBody } from './decryptedBody';
import { deliveryId } from './deliveryId';
import { explainMismatch } from './explainMismatch';
import { answerSigned, answerUnsigned, isGivenAway } from './handshakes';
import { matchesJws } from './jws';
import { refuse } from './providers/fields';
import type { ResolvedSecrets } from './resolveSecrets';
import { certificateSerial } from './schemeKeys';
import { ASYMMETRIC, CHECKS } from './signatureKinds';
import { decodeSignatures, readItems, type FoundSignature } from './signatures';
import { readTime } from './signedTime';
import type { Sources } from './Sources';
import { rendering, type Content } from './template';
import type { NotVerified, ResolvedSecret, Verified, VerifyRequest, VerifyResult } from './types';

export interface SchemeInput {
  sources: Sources;
  secrets: ResolvedSecrets;
  /** Seconds, in place of the scheme's own; 0 switches the check of the time off. */
  tolerance?: number;
  /** Unix seconds. */
  now: number;
}

/** Verifies a request by a scheme that is data, its handshakes included. */
export function verifyScheme(scheme: SignatureScheme, input: SchemeInput): VerifyResult {
  const { sources, secrets } = input;
  const answered = answerUnsigned(scheme, sources, secrets);
  if (answered) {
    return answered;
  }
  if (secrets.usable.length === 0) {
    return refuse(secrets.problems.join(' ') || 'No secret is set.');
  }
  const secret = scheme.kind === 'token' ? findToken(scheme, input) : findSigner(scheme, input);
  if ('ok' in secret) {
    return secret;
  }
  if (isGivenAway(scheme, sources)) {
    return refuse('The signed text holds no JSON object or list, and of other texts this webhook answers digests.');
  }
  if (canBeLengthened(scheme, sources) || (scheme.kind !== 'token' && !isBodyBounded(scheme, sources))) {
    return refuse('The body is not JSON, and this signature proves no other.');
  }
  const handshake = answerSigned(scheme, sources, secret);
  if (handshake) {
    return handshake;
  }
  const decrypted = decryptedBody(scheme, sources);
  if (decrypted && 'ok' in decrypted) {
    return decrypted;
  }
  const plaintext = decrypted ?? bodyAsProven(scheme, sources);
  return {
    ok: true,
    secretName: secret.name,
    deliveryId: deliveryId(scheme, sources),
    ...(plaintext && { plaintext }),
    ...(scheme.answer && { reply: replyOf(scheme.answer) }),
  };
}

function replyOf({ status, type, body }: NonNullable<SignatureScheme['answer']>): Verified['reply'] {
  return { status, contentType: type, body };
}

/**
 * What a header says of the body is signed by nobody. Where the token is in the body, the body is what it was read as
 * there: read as it once more, the token can be found. Where the fields of a form are signed, it is a form in UTF-8.
 */
function bodyAsProven(scheme: SignatureScheme, sources: Sources): Verified['plaintext'] {
  const { request } = sources;
  const { kind, sig } = scheme;
  if (kind === 'token') {
    const used = [sig.from].flat().find((source) => sources.all(source).length > 0);
    return bodyWithToken(used?.slice(0, used.indexOf(':')), request);
  }
  const signsForm = contentTemplates(scheme).every((text) => text.includes('{sorted-form'));
  return signsForm && request.rawBody.length > 0
    ? { body: request.rawBody, contentType: 'application/x-www-form-urlencoded' }
    : undefined;
}

/** A form or XML that is said to be one keeps what its header says of it besides: boundary and charset. */
function bodyWithToken(place: string | undefined, { headers, rawBody: body }: VerifyRequest): Verified['plaintext'] {
  const declared = headers['content-type'];
  const format = formatOf((typeof declared === 'string' && findMediaType(declared)?.type) || '');
  switch (place) {
    case 'json':
      return { body, contentType: 'application/json' };
    case 'form':
      return format === 'form' || format === 'multipart'
        ? undefined
        : { body, contentType: 'application/x-www-form-urlencoded' };
    case 'xml':
      return format === 'xml' ? undefined : { body, contentType: 'application/xml' };
    default:
      return undefined;
  }
}

/**
 * A plain hash of the secret and what follows it can be carried on by anyone who has seen one (length extension). What
 * they add begins with bytes that no JSON document has, so that one is as it was signed; anything else may not be.
 */
function canBeLengthened(scheme: SignatureScheme, sources: Sources): boolean {
  const signsBody = contentTemplates(scheme).some((template) => template.includes('{body}'));
  return scheme.kind === 'hash' && signsBody && sources.request.rawBody.length > 0 && !sources.isJson();
}

function findToken(scheme: SignatureScheme, { sources, secrets }: SchemeInput): ResolvedSecret | NotVerified {
  const found = readItems(scheme, sources);
  if ('ok' in found) {
    return found;
  }
  const matching = [...new Set(found.items)].map((item) => {
    const isSent = equalSent(item);
    return secrets.usable.filter(({ value }) => isSent(value));
  });
  const [first] = matching.flat();
  return first && matching.every((matches) => matches.length > 0)
    ? first
    : refuse(`${found.source} is not a token that is set here.`);
}

function findSigner(scheme: SignatureScheme, input: SchemeInput): ResolvedSecret | NotVerified {
  const items = readItems(scheme, input.sources);
  if ('ok' in items) {
    return items;
  }
  const signatures = decodeSignatures(scheme, items);
  if ('ok' in signatures) {
    return signatures;
  }
  const time = (): string | null | NotVerified => readTime(scheme, items, input.sources, input);
  // A time that is not in the signed text may stand in the body, which no stranger should have parsed.
  const isTimeSigned = contentTemplates(scheme).some((template) => template.includes('{ts}'));
  const ts = isTimeSigned ? time() : null;
  if (typeof ts === 'object' && ts !== null) {
    return ts;
  }
  const signer = tryPairs(scheme, input, signatures, ts);
  const late = isTimeSigned || 'ok' in signer ? null : time();
  return typeof late === 'object' && late !== null ? late : signer;
}

/**
 * Any signature may match any secret; every secret is tried, so that the time doesn't tell which one it was. Where the
 * scheme wants all signatures to match, the first one's secret.
 */
function tryPairs(
  scheme: SignatureScheme,
  { sources, secrets }: SchemeInput,
  signatures: readonly FoundSignature[],
  ts: string | null,
): ResolvedSecret | NotVerified {
  const candidates = namedByRequest(scheme, sources, secrets.usable);
  if ('ok' in candidates) {
    return candidates;
  }
  if (ASYMMETRIC.has(scheme.kind) && candidates.length * signatures.length > MAX_PAIRS) {
    return refuse('The request has more signatures than can be tried with as many keys as are set here.');
  }
  const templates = contentTemplates(scheme);
  const render = rendering({ sources, ts, headers: scheme.headers });
  const matching: ResolvedSecret[] = [];
  const signers: (ResolvedSecret | undefined)[] = signatures.map(() => undefined);
  let usableKeys = 0;
  for (const secret of candidates) {
    for (const template of templates) {
      const content = render(template, secret.value);
      if ('ok' in content) {
        return content;
      }
      const fits = checkAll(scheme, secret, content, signatures);
      usableKeys += fits === null ? 0 : 1;
      fits?.forEach((fit, index) => {
        if (fit) {
          signers[index] ??= secret;
          matching.push(secret);
        }
      });
    }
  }
  if (usableKeys === 0) {
    return refuse(`No secret set here is a key as this scheme wants it (${scheme.key?.enc ?? 'utf8'}).`);
  }
  const isProven = scheme.sig.all ? signers.every((signer) => signer !== undefined) : matching.length > 0;
  const [signer] = scheme.sig.all ? signers : matching;
  const unproven = signatures.filter((_signature, index) => signers[index] === undefined).map(({ bytes }) => bytes);
  return isProven && signer
    ? signer
    : explainMismatch(scheme, { sources, ts, secrets: candidates, signatures: unproven });
}

/** Of each signature whether it is one under this secret; null: the secret is no key of this scheme. */
function checkAll(
  scheme: SignatureScheme,
  secret: ResolvedSecret,
  content: Content,
  signatures: readonly FoundSignature[],
): boolean[] | null {
  const fits =
    scheme.kind === 'jws'
      ? matchesJws(scheme, secret.value, content, signatures)
      : Object.hasOwn(CHECKS, scheme.kind)
        ? CHECKS[scheme.kind]?.(
            scheme,
            secret.value,
            content,
            signatures.map(({ bytes }) => bytes),
          )
        : null;
  // A secret without a name may be the one that a signature names.
  return fits?.map((fit, at) => fit && isNamed(secret, signatures[at]?.keyName ?? null)) ?? null;
}

function isNamed({ name }: ResolvedSecret, keyName: string | null): boolean {
  return keyName === null || !name || name === keyName;
}

/** Signatures times public keys: each pair reads the body anew. Two signatures, as in a rotation, with the most keys. */
const MAX_PAIRS = 40;

/** Where the request names its key, only the secret of that name counts; a certificate's serial number is a name too. */
function namedByRequest(
  { key }: SignatureScheme,
  sources: Sources,
  secrets: readonly ResolvedSecret[],
): readonly ResolvedSecret[] | NotVerified {
  if (!key?.idFrom) {
    return secrets;
  }
  const id = sources.one(key.idFrom);
  if (typeof id !== 'string') {
    return id;
  }
  const named = secrets.filter(({ name, value }) => name === id || certificateSerial(value) === id.toUpperCase());
  return named.length > 0
    ? named
    : refuse(`The request is signed with the key "${id.slice(0, 100)}"; name the secret that holds it so.`);
}

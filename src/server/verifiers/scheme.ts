import type { SignatureScheme } from '../../common/presets';
import { formatOf } from '../../common/contentTypes';
import { contentTemplates, joinsFields, placeholdersIn } from '../../common/signedText';
import { findMediaType } from '../parsers/mediaType';
import { isBodyBounded } from './bodyBounds';
import { equalSent } from './compare';
import { decryptedBody } from './decryptedBody';
import { deliveryId } from './deliveryId';
import { explainMismatch } from './explainMismatch';
import { answerSigned, answerUnsigned, isGivenAway, prescribedAnswer } from './handshakes';
import { matchesJws } from './jws';
import { readsAsFuller, textsFor } from './leftOut';
import { refuse } from './providers/fields';
import type { ResolvedSecrets } from './resolveSecrets';
import { certificateSerial } from './schemeKeys';
import { ASYMMETRIC, CHECKS } from './signatureKinds';
import { decodeSignatures, readItems, readSets, type FoundSignature, type SignatureItems } from './signatures';
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
  const { sources, secrets, now } = input;
  const answered = answerUnsigned(scheme, sources, secrets, now);
  if (answered) {
    return answered;
  }
  if (secrets.usable.length === 0) {
    return refuse(secrets.problems.join(' ') || 'No secret is set.');
  }
  const proof = scheme.kind === 'token' ? findToken(scheme, input) : findSigner(scheme, input);
  if ('ok' in proof) {
    return proof;
  }
  const { secret } = proof;
  if (isGivenAway(scheme, sources)) {
    return refuse('The signed text holds no JSON object or list, and of other texts this webhook answers digests.');
  }
  if (canBeLengthened(scheme, sources) || (scheme.kind !== 'token' && !isBodyBounded(scheme, sources))) {
    return refuse('The body is not JSON, and this signature proves no other.');
  }
  const given = { sources, secret, secrets: secrets.usable, key: scheme.key, isSigned: true, now };
  const handshake = answerSigned(scheme, given);
  if (handshake) {
    return handshake;
  }
  const decrypted = decryptedBody(scheme, sources);
  if (decrypted && 'ok' in decrypted) {
    return decrypted;
  }
  const plaintext = decrypted ?? bodyAsProven(scheme, sources);
  const reply = prescribedAnswer(scheme, given);
  return {
    ok: true,
    secretName: secret.name,
    deliveryId: deliveryId(scheme, sources, proof.signed),
    ...(plaintext && { plaintext }),
    ...(reply && { reply }),
  };
}

/**
 * What a header says of the body is signed by nobody. Where the token is in the body, the body is what it was read as
 * there: read as it once more, the token can be found. Where the fields of a form are signed, it is a form in UTF-8.
 */
function bodyAsProven(scheme: SignatureScheme, sources: Sources): Verified['plaintext'] {
  const { request } = sources;
  const { kind, sig } = scheme;
  if (kind === 'token') {
    const used = [sig.from].flat().find((source) => sources.has(source));
    return bodyWithToken(used?.slice(0, used.indexOf(':')), request);
  }
  const { rawBody: body } = request;
  const signsFields = (of: 'form' | 'json') =>
    body.length > 0 &&
    contentTemplates(scheme).every((text) => placeholdersIn(text).some((name) => joinsFields(name, of)));
  if (signsFields('json')) {
    return { body, contentType: 'application/json' };
  }
  return signsFields('form') ? { body, contentType: 'application/x-www-form-urlencoded' } : undefined;
}

/** A form or XML that is said to be one keeps what its header says of it besides: boundary and charset. */
function bodyWithToken(place: string | undefined, { headers, rawBody: body }: VerifyRequest): Verified['plaintext'] {
  const declared = headers['content-type'];
  const format = formatOf((typeof declared === 'string' && findMediaType(declared)?.type) || '');
  switch (place) {
    case 'json':
      return { body, contentType: 'application/json' };
    case 'form':
    case 'form-json':
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

/** The secret that a call was proven by. */
interface Proof {
  secret: ResolvedSecret;
  /** What its signature is over, without the secret; a token has none. */
  signed?: () => Content;
}

function findToken(scheme: SignatureScheme, { sources, secrets }: SchemeInput): Proof | NotVerified {
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
    ? { secret: first }
    : refuse(`${found.source} is not a token that is set here.`);
}

/** More sets in one value than any rotation needs: the body is read for each time that one has. */
const MAX_SETS = 4;

function findSigner(scheme: SignatureScheme, input: SchemeInput): Proof | NotVerified {
  const found = readSets(scheme, input.sources);
  if ('ok' in found) {
    return found;
  }
  if (found.length > MAX_SETS) {
    return refuse(`${found[0]?.source ?? 'The signature'} holds more than ${MAX_SETS} sets of signatures.`);
  }
  let refusal: NotVerified | undefined;
  for (const items of found) {
    const signer = findSignerIn(scheme, input, items, found.length);
    if (!('ok' in signer)) {
      return signer;
    }
    refusal ??= signer;
  }
  return refusal ?? refuse('There is no signature.');
}

/** Of one set: its signatures, with the time that stands among them. */
function findSignerIn(
  scheme: SignatureScheme,
  input: SchemeInput,
  items: SignatureItems,
  sets: number,
): Proof | NotVerified {
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
  const signer = tryPairs(scheme, input, signatures, { ts, sets, items: items.items });
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
  { ts, sets, items }: { ts: string | null; sets: number; items: readonly string[] },
): Proof | NotVerified {
  const candidates = namedByRequest(scheme, sources, secrets.usable);
  if ('ok' in candidates) {
    return candidates;
  }
  const texts = contentTemplates(scheme);
  const templates = textsFor(texts, sources);
  const pairs = candidates.length * signatures.length * sets * templates.length;
  if (ASYMMETRIC.has(scheme.kind) && pairs > MAX_PAIRS) {
    return refuse('The request has more signatures than can be tried with as many keys as are set here.');
  }
  const render = rendering({ sources, ts, headers: scheme.headers, items });
  // With a public key, what is signed is read anew for each signature.
  const readings = ASYMMETRIC.has(scheme.kind) ? signatures.length : 1;
  const matching: Proof[] = [];
  const signers: (Proof | undefined)[] = signatures.map(() => undefined);
  let usableKeys = 0;
  // Each text is looked through once, however many secrets there are: they are none of who has sent it.
  const unclear = templates.filter((template) =>
    readsAsFuller(template, texts, withoutSecret(render(template, '')), sources),
  );
  let ambiguous: NotVerified | undefined;
  for (const secret of candidates) {
    let isRendered = false;
    let missing: NotVerified | undefined;
    for (const template of templates) {
      const content = render(template, secret.value);
      if ('ok' in content) {
        missing ??= content;
        continue;
      }
      if (unclear.includes(template)) {
        ambiguous = refuse('What is signed could be read as other values than those that are there.');
        continue;
      }
      isRendered = true;
      const proof = { secret, signed: () => withoutSecret(render(template, '')) };
      sources.sign(readings * lengthOf(content));
      const fits = checkAll(scheme, secret, content, signatures);
      usableKeys += fits === null ? 0 : 1;
      fits?.forEach((fit, index) => {
        if (fit) {
          signers[index] ??= proof;
          matching.push(proof);
        }
      });
    }
    if (!isRendered && ambiguous) {
      return ambiguous;
    }
    if (!isRendered && missing) {
      return missing;
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
    : (ambiguous ?? explainMismatch(scheme, { sources, ts, items, secrets: candidates, signatures: unproven }));
}

/** In bytes; a text is twice as long, as it is encoded first. */
function lengthOf(content: Content): number {
  return content.reduce((bytes, piece) => bytes + (typeof piece === 'string' ? 2 : 1) * piece.length, 0);
}

/** What could be rendered with a secret can be rendered without it. */
function withoutSecret(content: Content | NotVerified): Content {
  return 'ok' in content ? [] : content;
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

/** Signatures times public keys times texts: each pair reads the body anew. Two signatures, as in a rotation, with the most keys. */
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

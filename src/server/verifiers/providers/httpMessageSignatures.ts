import { isInnerList, parseDictionary, type Dictionary, type InnerList } from 'structured-headers';
import { toleranceOf } from '../../../common/replayable';
import type { CodeProvider, CodeProviderInput, NotVerified, Verified, VerifyResult } from '../types';
import { checkDigests } from './contentDigest';
import { asCovered, checkComponents } from './coveredComponents';
import { checkTime, contentId, noSecret, refuse, requiredHeader, textOption } from './fields';
import { isMessageAlgorithm, readMessageKey, type MessageAlgorithm, type MessageKey } from './messageKeys';
import { signatureBase, takenApart, type TakenApart } from './signatureBase';

const TOLERANCE = toleranceOf('http-message-signatures');
/** Signatures looked at in one request. */
const MAX_SIGNATURES = 10;
/** Signatures times keys: a check with a key on P-384 takes a millisecond. */
const MAX_CHECKS = 40;

/**
 * HTTP Message Signatures, RFC 9421. The name of a secret is the `keyid` it is for; one without a name is tried for
 * every `keyid`. Options: `components` (must be signed), `algorithm` and `tag` (the only ones taken), `keyEncoding`
 * (`base64` for shared secrets written so). One valid signature is enough.
 */
export const httpMessageSignatures: CodeProvider = (input) => {
  const signatures = dictionaryHeader(input, 'signature');
  const inputs = dictionaryHeader(input, 'signature-input');
  if (!(signatures instanceof Map)) return signatures;
  if (!(inputs instanceof Map)) return inputs;
  if (inputs.size === 0 || inputs.size > MAX_SIGNATURES) {
    return refuse(`The request must have between 1 and ${MAX_SIGNATURES} signatures.`);
  }
  // A signature covers the digest, and the digest the body: both are needed.
  const digestRefusal = checkDigests(input.request);
  if (digestRefusal) {
    return digestRefusal;
  }
  let refusal: NotVerified | null = null;
  const request: OfRequest = { parts: takenApart(), keys: new Map(), checks: 0 };
  for (const [label, member] of inputs) {
    const value = signatures.get(label);
    const bytes = value && !isInnerList(value) ? value[0] : null;
    const result =
      isInnerList(member) && bytes instanceof ArrayBuffer
        ? verifyOne(input, member, Buffer.from(bytes), request)
        : refuse(`The signature "${label}" is malformed.`);
    if (result.ok) {
      return result;
    }
    refusal ??= result;
  }
  return refusal ?? refuse('The request is not signed.');
};

function dictionaryHeader({ request }: CodeProviderInput, name: string): Dictionary | NotVerified {
  const header = requiredHeader(request, name);
  if (typeof header !== 'string') {
    return header;
  }
  try {
    return parseDictionary(header);
  } catch {
    return refuse(`The header "${name}" is malformed.`);
  }
}

/** What the signatures of one request have in common. */
interface OfRequest {
  parts: TakenApart;
  /** Made ready, by the secret they are in. */
  keys: Map<string, MessageKey | null>;
  /** How many there were. */
  checks: number;
}

function verifyOne(input: CodeProviderInput, signed: InnerList, signature: Buffer, request: OfRequest): VerifyResult {
  const refusal = checkComponents(input, signed) ?? checkTag(input, signed) ?? checkTimes(input, signed);
  if (refusal) {
    return refusal;
  }
  const base = signatureBase(input.request, signed, request.parts);
  if (base === null) {
    return refuse('A signed component is not in the request, is named twice, or is not supported.');
  }
  const verified = findKey(input, signed, { base: Buffer.from(base, 'latin1'), signature }, request);
  return verified.ok ? asCovered(input, signed, verified) : verified;
}

/** The tag says what a signature was made for; one for something else proves nothing here. */
function checkTag(input: CodeProviderInput, [, params]: InnerList): NotVerified | null {
  const tag = textOption(input, 'tag');
  return tag === '' || params.get('tag') === tag ? null : refuse(`The signature does not have the tag "${tag}".`);
}

function checkTimes({ now, tolerance = TOLERANCE }: CodeProviderInput, [, params]: InnerList): NotVerified | null {
  const created = params.get('created');
  const expires = params.get('expires');
  if (expires !== undefined && (typeof expires !== 'number' || now > expires)) {
    return refuse('The signature has expired.');
  }
  return checkTime(typeof created === 'number' ? created : NaN, now, tolerance);
}

function findKey(
  input: CodeProviderInput,
  [, params]: InnerList,
  { base, signature }: { base: Buffer; signature: Buffer },
  request: OfRequest,
): VerifyResult {
  const keyId = params.get('keyid');
  const encoding = textOption(input, 'keyEncoding') === 'base64' ? 'base64' : 'utf8';
  const candidates = input.secrets.filter(
    ({ name, value }) => value !== '' && (keyId === undefined || name === null || name === keyId),
  );
  if (candidates.length === 0) {
    return noSecret(input.secrets) ?? refuse(`No secret here is named "${String(keyId).slice(0, 100)}", its "keyid".`);
  }
  request.checks += candidates.length;
  if (request.checks > MAX_CHECKS) {
    return refuse('The request has more signatures than can be tried with as many keys as are set here.');
  }
  const verified: Verified[] = candidates.flatMap((secret) => {
    const key = keyIn(secret.value, encoding, request);
    const algorithm = key && chooseAlgorithm(input, params.get('alg'), key.algorithms);
    return key && algorithm && key.verify(algorithm, base, signature)
      ? [{ ok: true, secretName: secret.name, deliveryId: idOf(params, base) }]
      : [];
  });
  return verified[0] ?? refuse('The signature does not match: another key or algorithm, or changed on its way.');
}

function keyIn(secret: string, encoding: 'utf8' | 'base64', { keys }: OfRequest): MessageKey | null {
  const known = keys.get(secret);
  const key = known === undefined ? readMessageKey(secret, encoding) : known;
  keys.set(secret, key);
  return key;
}

/** The one that both sides agree on: what the signature says can only narrow down what the key and the maker allow. */
function chooseAlgorithm(
  input: CodeProviderInput,
  stated: unknown,
  possible: readonly MessageAlgorithm[],
): MessageAlgorithm | null {
  const configured = textOption(input, 'algorithm');
  const allowed = possible.filter((algorithm) => configured === '' || algorithm === configured);
  if (stated !== undefined) {
    return isMessageAlgorithm(stated) && allowed.includes(stated) ? stated : null;
  }
  return allowed[0] ?? null;
}

/**
 * A nonce is its signer's own: two of them may use the same one. Without one, it is all that is signed, `created`
 * included; not the signature itself, which can be written in several ways.
 */
function idOf(params: InnerList[1], base: Buffer): string {
  const [nonce, keyId] = [params.get('nonce'), params.get('keyid')];
  if (typeof nonce !== 'string' || nonce === '') {
    return contentId(base);
  }
  return keyId === undefined ? nonce : contentId(JSON.stringify([keyId, nonce]));
}

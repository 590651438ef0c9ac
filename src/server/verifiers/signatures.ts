import type { ItemParts, SignatureLocation, SignatureScheme } from '../../common/presets';
import { decodeText } from './encoding';
import { readJws, type Jws } from './jws';
import { parseJsonObject, refuse } from './providers/fields';
import { ASYMMETRIC, fitsScheme } from './signatureKinds';
import { describeSource, type Sources } from './Sources';
import type { NotVerified } from './types';

/** More signatures in one request than any rotation needs. */
const MAX_SIGNATURES = 32;

/** Of those that are checked with a public key, each by a hash of the whole body of its own. */
const MAX_ASYMMETRIC = 4;

/** Longest value that is JSON in base64. */
const MAX_JSON = 8_192;

/** Pieces of one item; more than that is none. */
const MAX_PARTS = 20;

/** What stands in the signature's place. */
export interface SignatureItems {
  /** In words. */
  source: string;
  /** The values, split where the scheme has lists; prefixes still on. */
  items: string[];
}

/** One signature, decoded. */
export interface FoundSignature {
  bytes: Buffer;
  /** The name of the secret that signed it; null: the signature doesn't say. */
  keyName: string | null;
  /** What it says of itself. */
  jws?: Jws;
}

/** Reads the signature's place: the first of the scheme's sources that is there, or each where any may match. */
export function readItems({ sig }: SignatureScheme, sources: Sources): SignatureItems | NotVerified {
  const places = [sig.from].flat();
  const there = places.filter((candidate) => sources.all(candidate).length > 0);
  const found = there.slice(0, sig.any ? there.length : 1);
  if (found.length === 0) {
    return refuse(`${places.map(describeSource).join(' or ')} is missing.`);
  }
  const texts: string[] = [];
  for (const source of found) {
    const problem = readPlace(sig, source, sources, texts);
    if (problem) {
      return problem;
    }
  }
  const source = found.map(describeSource).join(' or ');
  return new Set(texts).size > MAX_SIGNATURES
    ? refuse(`${source} holds more than ${MAX_SIGNATURES} values.`)
    : { source, items: texts };
}

function readPlace(sig: SignatureLocation, source: string, sources: Sources, texts: string[]): NotVerified | null {
  for (const value of sig.all ? sources.all(source) : [sources.one(source)]) {
    if (typeof value !== 'string') {
      return value ?? refuse(`${describeSource(source)} is missing in one of the items.`);
    }
    const text = sig.json === undefined ? value : fieldOf(value, sig.json);
    if (text === null) {
      return refuse(`${describeSource(source)} is not JSON in base64 with the text "${sig.json}".`);
    }
    // Not spread: a text from a body may have more items than a call has room for.
    (sig.split ? text.split(sig.split) : [stripped(text, sig.strip)]).forEach((item) => {
      texts.push(sig.split ? item.trim() : item);
    });
  }
  return null;
}

/** The signatures among the items, decoded; those of another kind or length are passed over. */
export function decodeSignatures(scheme: SignatureScheme, found: SignatureItems): FoundSignature[] | NotVerified {
  const { source } = found;
  const { prefix = '', enc = 'hex', item: position } = scheme.sig;
  const items = position === undefined ? found.items : found.items.slice(position - 1, position);
  // One that is there many times is looked at once.
  const different = [...new Set(items)];
  const written = different.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
  if (written.length === 0) {
    return refuse(`${source} holds nothing that begins with "${prefix}".`);
  }
  const signatures = written.map((text) => decode(scheme, text)).filter((signature) => signature !== null);
  if (signatures.length > MAX_ASYMMETRIC && ASYMMETRIC.has(scheme.kind)) {
    return refuse(`${source} holds more than ${MAX_ASYMMETRIC} signatures.`);
  }
  const isComplete = scheme.sig.all ? signatures.length === different.length : signatures.length > 0;
  const form = scheme.kind === 'jws' ? 'as a detached JWS' : `in ${enc}`;
  return isComplete
    ? signatures
    : refuse(`${source} is not a signature of this scheme ${form}: its length or characters differ.`);
}

function decode(scheme: SignatureScheme, item: string): FoundSignature | null {
  const { parts, enc = 'hex' } = scheme.sig;
  const piece = parts ? takenApart(item, parts, scheme) : { text: item, keyName: null };
  if (!piece) {
    return null;
  }
  if (scheme.kind === 'jws') {
    const jws = readJws(piece.text, scheme.algorithms ?? []);
    return jws && { bytes: jws.signature, keyName: piece.keyName ?? jws.keyName, jws };
  }
  const bytes = decodeText(piece.text, enc);
  return bytes && fitsScheme(scheme, bytes.length) ? { bytes, keyName: piece.keyName } : null;
}

/** An item's signature and the name of its key; null: it has fewer parts, or is made with another hash. */
function takenApart(item: string, { by, sig, key, alg }: ItemParts, scheme: SignatureScheme) {
  const pieces = item.split(by, MAX_PARTS);
  const [text, keyName, hash] = [sig, key, alg].map((position) =>
    position === undefined ? undefined : (pieces[position - 1] ?? ''),
  );
  const isSameHash = hash === undefined || hash.toLowerCase().replace('-', '') === (scheme.alg ?? 'sha256');
  return text && keyName !== '' && isSameHash ? { text, keyName: keyName ?? null } : null;
}

function fieldOf(value: string, name: string): string | null {
  const bytes = decodeText(value, 'base64', MAX_JSON);
  const field = bytes && parseJsonObject(bytes)?.[name];
  return typeof field === 'string' ? field : null;
}

/** Takes a word such as `Bearer ` off the front, in any case. */
function stripped(value: string, strip = ''): string {
  return value.slice(0, strip.length).toLowerCase() === strip.toLowerCase() ? value.slice(strip.length) : value;
}

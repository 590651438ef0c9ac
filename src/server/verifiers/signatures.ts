import type { SignatureScheme } from '../../common/presets';
import { decodeText } from './encoding';
import { refuse } from './providers/fields';
import { ASYMMETRIC, fitsScheme } from './signatureKinds';
import { describeSource, type Sources } from './Sources';
import type { NotVerified } from './types';

/** More signatures in one request than any rotation needs. */
const MAX_SIGNATURES = 32;

/** Of those that are checked with a public key, each by a hash of the whole body of its own. */
const MAX_ASYMMETRIC = 4;

/** What stands in the signature's place. */
export interface SignatureItems {
  source: string;
  /** The values, split where the scheme has lists; prefixes still on. */
  items: string[];
}

/** Reads the signature's place: the first of the scheme's sources that is there. */
export function readItems({ sig }: SignatureScheme, sources: Sources): SignatureItems | NotVerified {
  const places = [sig.from].flat();
  const source = places.find((candidate) => sources.all(candidate).length > 0);
  if (source === undefined) {
    return refuse(`${places.map(describeSource).join(' or ')} is missing.`);
  }
  const values = sig.all ? sources.all(source) : [sources.one(source)];
  const texts: string[] = [];
  for (const value of values) {
    if (typeof value !== 'string') {
      return value ?? refuse(`${describeSource(source)} is missing in one of the items.`);
    }
    // Not spread: a text from a body may have more items than a call has room for.
    (sig.split ? value.split(sig.split) : [stripped(value, sig.strip)]).forEach((item) => {
      texts.push(sig.split ? item.trim() : item);
    });
  }
  return new Set(texts).size > MAX_SIGNATURES
    ? refuse(`${describeSource(source)} holds more than ${MAX_SIGNATURES} values.`)
    : { source, items: texts };
}

/** The signatures among the items, decoded; those of another kind or length are passed over. */
export function decodeSignatures(scheme: SignatureScheme, { source, items }: SignatureItems): Buffer[] | NotVerified {
  const { prefix = '', enc = 'hex' } = scheme.sig;
  // One that is there many times is looked at once.
  const different = [...new Set(items)];
  const written = different.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
  if (written.length === 0) {
    return refuse(`${describeSource(source)} holds nothing that begins with "${prefix}".`);
  }
  const signatures = written
    .map((text) => decodeText(text, enc))
    .filter((bytes) => bytes !== null && fitsScheme(scheme, bytes.length)) as Buffer[];
  if (signatures.length > MAX_ASYMMETRIC && ASYMMETRIC.has(scheme.kind)) {
    return refuse(`${describeSource(source)} holds more than ${MAX_ASYMMETRIC} signatures.`);
  }
  const isComplete = scheme.sig.all ? signatures.length === different.length : signatures.length > 0;
  return isComplete
    ? signatures
    : refuse(`${describeSource(source)} is not a signature of this scheme in ${enc}: its length or characters differ.`);
}

/** Takes a word such as `Bearer ` off the front, in any case. */
function stripped(value: string, strip = ''): string {
  return value.slice(0, strip.length).toLowerCase() === strip.toLowerCase() ? value.slice(strip.length) : value;
}

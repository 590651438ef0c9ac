import type { ItemParts, SignatureLocation, SignatureScheme } from '../../common/presets';
import { decodeText } from './encoding';
import { readJws, type Jws } from './jws';
import { parseJsonObject, refuse } from './providers/fields';
import { ASYMMETRIC, fitsScheme } from './signatureKinds';
import type { Sources } from './Sources';
import type { NotVerified } from './types';

/** More signatures in one request than any rotation needs. */
const MAX_SIGNATURES = 32;

/** Pieces that lists are split into, told apart or not. */
const MAX_PIECES = 1_000;

/** Of those that are checked with a public key, each by a hash of the whole body of its own. */
const MAX_ASYMMETRIC = 4;

/** Longest value that is JSON in base64. */
const MAX_JSON = 8_192;

/** Pieces of one item; more than that is none. */
const MAX_PARTS = 20;

/** What stands in the signature's place. */
export interface SignatureItems {
  /** Where they stand. */
  places: readonly string[];
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
export function readItems(scheme: SignatureScheme, sources: Sources): SignatureItems | NotVerified {
  const { sig } = scheme;
  // One that is named again holds nothing new.
  const places = [...new Set([sig.from].flat())];
  const there = places.filter((candidate) => sources.has(candidate));
  const found = there.slice(0, sig.any ? there.length : 1);
  if (found.length === 0) {
    return scheme.kind === 'token'
      ? refuse('VALUE_MISSING', { place: places[0] ?? '' })
      : refuse('SIGNATURE_MISSING', { places });
  }
  const items = new Items(found);
  for (const place of found) {
    const problem = readPlace(sig, place, sources, items);
    if (problem) {
      return problem;
    }
  }
  return { places: found, items: items.all };
}

/** Items as they are found; of what anybody may have sent, no more are looked for than a call has. */
class Items {
  readonly all: string[] = [];
  private readonly different = new Set<string>();

  constructor(private readonly places: readonly string[]) {}

  /** A refusal: there are too many. */
  add(item: string): NotVerified | null {
    this.all.push(item);
    this.different.add(item);
    return this.different.size > MAX_SIGNATURES ? tooMany(this.places) : null;
  }

  /** Adds what stands between separators. */
  addList(text: string, separator: string): NotVerified | null {
    const room = Math.max(0, MAX_PIECES - this.all.length);
    const pieces = text.split(separator, room + 1);
    if (pieces.length > room) {
      return tooMany(this.places, MAX_PIECES);
    }
    for (const piece of pieces) {
      const problem = this.add(piece.trim());
      if (problem) {
        return problem;
      }
    }
    return null;
  }
}

function tooMany(places: readonly string[], max = MAX_SIGNATURES): NotVerified {
  return refuse('SIGNATURES_TOO_MANY', { places, max });
}

/** The items of each set, where the scheme has several in one value; otherwise all of them as one. */
export function readSets(scheme: SignatureScheme, sources: Sources): SignatureItems[] | NotVerified {
  const { sets, split, ...sig } = scheme.sig;
  if (!sets) {
    const found = readItems(scheme, sources);
    return 'ok' in found ? found : [found];
  }
  const whole = readItems({ ...scheme, sig }, sources);
  if ('ok' in whole) {
    return whole;
  }
  const pieces = whole.items.flatMap((text) => text.split(sets, MAX_PIECES + 1));
  if (pieces.length > MAX_PIECES) {
    return tooMany(whole.places, MAX_PIECES);
  }
  const different = [...new Set(pieces)].filter((set) => set.trim() !== '');
  const found = different.map((set) => ({ places: whole.places, items: itemsOf(set, split) }));
  return found.some(({ items }) => items.length > MAX_SIGNATURES) ? tooMany(whole.places) : found;
}

function itemsOf(text: string, split: string | undefined): string[] {
  return split ? text.split(split, MAX_SIGNATURES + 1).map((item) => item.trim()) : [text];
}

function readPlace(sig: SignatureLocation, source: string, sources: Sources, items: Items): NotVerified | null {
  for (const value of sig.all ? sources.all(source) : [sources.one(source)]) {
    if (typeof value !== 'string') {
      return value ?? refuse('VALUE_MISSING', { place: source });
    }
    const text = sig.json === undefined ? value : fieldOf(value, sig.json);
    if (text === null) {
      return refuse('SIGNATURE_MALFORMED', { places: [source], form: `JSON, base64: ${sig.json}` });
    }
    const problem = sig.split ? items.addList(text, sig.split) : items.add(stripped(text, sig.strip));
    if (problem) {
      return problem;
    }
  }
  return null;
}

/** The signatures among the items, decoded; those of another kind or length are passed over. */
export function decodeSignatures(scheme: SignatureScheme, found: SignatureItems): FoundSignature[] | NotVerified {
  const { places } = found;
  const { prefix = '', enc = 'hex', item: position } = scheme.sig;
  const items = position === undefined ? found.items : found.items.slice(position - 1, position);
  // One that is there many times is looked at once.
  const different = [...new Set(items)];
  const written = different.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
  if (written.length === 0) {
    return refuse('SIGNATURE_MALFORMED', { places, form: `${prefix}…` });
  }
  const signatures = written.map((text) => decode(scheme, text)).filter((signature) => signature !== null);
  if (signatures.length > MAX_ASYMMETRIC && ASYMMETRIC.has(scheme.kind)) {
    return refuse('SIGNATURES_TOO_MANY', { places, max: MAX_ASYMMETRIC });
  }
  const isComplete = scheme.sig.all ? signatures.length === different.length : signatures.length > 0;
  const form = scheme.kind === 'jws' ? 'detached JWS' : enc;
  return isComplete ? signatures : refuse('SIGNATURE_MALFORMED', { places, form });
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

import { randomInt } from 'node:crypto';
import { viewOf } from './units';

/** Levels of lists and objects that no sender's JSON has. V8 takes ten times as long for a text that is all levels. */
const MAX_DEPTH = 200;

/** A text that is shorter than this, in characters, can't hold so much that it takes long. */
const SHORT = 40_000;

/** So many in any text, and one more for so many characters. */
interface Allowance {
  base: number;
  characters: number;
}

/** Lists and objects: four times as many as in usual JSON. */
const CONTAINERS: Allowance = { base: 20_000, characters: 8 };

/**
 * Different names in objects that have few. V8 keeps a description of every sequence of names, and has room for some
 * 1,500 that begin alike: where there are more, each such object takes it a microsecond, ten times as long as otherwise.
 * An object with many names is a table to it, of which each row takes a microsecond.
 */
const NAMES: Allowance = { base: 10_000, characters: 128 };
const TABLE = 64;
const ROWS: Allowance = { base: 40_000, characters: 48 };

/** Lists and objects where more names differ than V8 has room for. */
const DIVERSE_CONTAINERS: Allowance = { base: 10_000, characters: 64 };
const DIVERSE = 1_000;

/** Bits in which names are noted by their hash. */
const NAME_BITS = 1 << 22;

/** Secret, so that nobody can make up names that have one hash. Odd, so that no character is lost in it. */
const MULTIPLIER = randomInt(1 << 24, 1 << 30) | 1;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, COLON] = [34, 92, 91, 93, 123, 125, 58];

/** Thrown where JSON would take too long to parse; its message is the reason, fit for the delivery log. */
export class JsonTooComplex extends Error {}

/**
 * Parses JSON that anybody may have sent, in a time that its length bounds. Throws {@link JsonTooComplex}, and a
 * `SyntaxError` for what is no JSON.
 */
export function parseBounded(text: string): unknown {
  checkComplexity(text);
  return JSON.parse(text);
}

/** As {@link parseBounded}; undefined: it is no JSON, or too complex to be a provider's. */
export function parseUnverified(text: string): unknown {
  try {
    return parseBounded(text);
  } catch {
    return undefined;
  }
}

/** Whether lists and objects of a JSON text nest deeper than so many levels; looks at no more of it than it has to. */
export function nestsDeeper(text: string, levels: number): boolean {
  return excess(text, levels) === 'levels';
}

/** Throws {@link JsonTooComplex} where a JSON text, or lines of it, nests too deep or holds too much for its length. */
export function checkComplexity(text: string): void {
  const found = excess(text, MAX_DEPTH);
  if (found) {
    throw new JsonTooComplex(REASONS[found]);
  }
}

const REASONS = {
  levels: 'lists and objects are nested too deep',
  containers: 'there are too many lists and objects for its length',
  names: 'there are too many different names for its length',
  rows: 'there are too many names for its length',
};

/** What there is too much of. */
function excess(text: string, levels: number): keyof typeof REASONS | null {
  const noted = text.length < SHORT ? null : viewOf(Buffer.alloc(NAME_BITS / 8));
  const mostNames = allowed(NAMES, text);
  const mostRows = allowed(ROWS, text);
  let mostContainers = allowed(CONTAINERS, text);
  let containers = 0;
  let names = 0;
  let rows = 0;
  const namesAt = Array<number>(levels + 1).fill(0);
  let depth = 0;
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      hash = 0;
      // A string, up to its end.
      for (index += 1; index < text.length; index += 1) {
        const inside = text.charCodeAt(index);
        if (inside === QUOTE) {
          break;
        }
        hash = Math.imul(hash ^ inside, MULTIPLIER);
        if (inside === BACKSLASH) {
          index += 1;
          hash = Math.imul(hash ^ text.charCodeAt(index), MULTIPLIER);
        }
      }
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      containers += 1;
      if (depth > levels) {
        return 'levels';
      }
      namesAt[depth] = 0;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      // What closes more than it opens is no JSON.
      depth = Math.max(0, depth - 1);
    } else if (code === COLON && noted) {
      const before = namesAt[depth] ?? TABLE;
      namesAt[depth] = before + 1;
      if (before < TABLE) {
        names += note(noted, hash);
      } else {
        rows += 1;
      }
      mostContainers = names === DIVERSE ? allowed(DIVERSE_CONTAINERS, text) : mostContainers;
    } else {
      continue;
    }
    if (containers > mostContainers || names > mostNames || rows > mostRows) {
      return rows > mostRows ? 'rows' : names > mostNames ? 'names' : 'containers';
    }
  }
  return null;
}

function allowed({ base, characters }: Allowance, { length }: string): number {
  return base + length / characters;
}

/** Notes a name by its hash; 1: it was not there yet. */
function note(noted: DataView, hash: number): 0 | 1 {
  const bit = (hash ^ (hash >>> 15)) & (NAME_BITS - 1);
  const byte = noted.getUint8(bit >>> 3);
  const mask = 1 << (bit & 7);
  noted.setUint8(bit >>> 3, byte | mask);
  return (byte & mask) === 0 ? 1 : 0;
}

/** The texts that are looked for have at least so many bytes. */
const SHORTEST_TEXT = 8;

/** Marks in {@link TextSearch}'s filter: a power of two. */
const MARKS = 1 << 12;

/**
 * Bytes that may be compared in vain, for each byte that is looked through, and in any text. Ordinary texts begin alike
 * here and there; only one that was made for it does so everywhere.
 */
const COMPARED = { each: 32, base: 65_536 };

/** Up to this product of the lengths, Node's own search is quicker, whatever it is given. */
const SMALL = 1 << 21;

/** Told where a text stands. */
export type OnFound = (start: number, end: number) => void;

/**
 * Finds several texts at once, in a time that the length of what is looked through bounds, whoever chose both. Node's own
 * search multiplies the two lengths where the text is `abaaa…` and what is looked through `aaaa…`.
 */
export class TextSearch {
  private readonly total: number;
  private index: Index | null = null;

  /** @param texts of {@link SHORTEST_TEXT} bytes or more */
  constructor(private readonly texts: readonly Buffer[]) {
    this.total = texts.reduce((total, { length }) => total + length, 0);
  }

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /**
   * Tells where in `bytes` any of the texts stands; those of one text don't overlap. False: there is so much that nearly
   * is one that the search was given up.
   */
  find(bytes: Buffer, found: OnFound): boolean {
    if (this.total * bytes.length > SMALL) {
      this.index ??= indexOf(this.texts);
      return findBy(this.index, bytes, found);
    }
    for (const text of this.texts) {
      for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) {
        found(at, at + text.length);
      }
    }
    return true;
  }
}

interface Index {
  /** By the hash of its first bytes: the texts. */
  byHash: ReadonlyMap<number, readonly Buffer[]>;
  /** Which hashes there are, by their last bits: most places are passed over by it. */
  filter: Uint8Array;
}

function indexOf(texts: readonly Buffer[]): Index {
  const byHash = new Map<number, Buffer[]>();
  const filter = new Uint8Array(MARKS);
  for (const text of texts) {
    const hash = hashOf(text.readInt32BE(0), text.readInt32BE(4));
    filter[markOf(hash)] = 1;
    byHash.set(hash, [...(byHash.get(hash) ?? []), text]);
  }
  return { byHash, filter };
}

function findBy({ byHash, filter }: Index, bytes: Buffer, found: OnFound): boolean {
  const ends = new Map<Buffer, number>();
  let left = COMPARED.base + COMPARED.each * bytes.length;
  let high = 0;
  let low = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    high = (high << 8) | (low >>> 24);
    low = (low << 8) | (bytes[at] ?? 0);
    const hash = hashOf(high, low);
    if (filter[markOf(hash)] === 0) {
      continue;
    }
    const start = at - SHORTEST_TEXT + 1;
    for (const text of byHash.get(hash) ?? []) {
      const end = start + text.length;
      if (start < (ends.get(text) ?? 0) || end > bytes.length) {
        continue;
      }
      left -= text.length;
      if (left < 0) {
        return false;
      }
      if (bytes.compare(text, 0, text.length, start, end) === 0) {
        ends.set(text, end);
        found(start, end);
      }
    }
  }
  return true;
}

function hashOf(high: number, low: number): number {
  return Math.imul(high, 0x9e3779b1) ^ low;
}

function markOf(hash: number): number {
  return (hash ^ (hash >>> 12) ^ (hash >>> 24)) & (MARKS - 1);
}

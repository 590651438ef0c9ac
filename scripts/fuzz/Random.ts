/** Chance that can be had again: the same seed gives the same choices. Mulberry32, 32 bits of state. */
export class Random {
  constructor(private state: number) {}

  /** From 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both bounds included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.int(0, 255)));
  }

  /** Text without line breaks, from a choice of awkward characters. */
  text(length: number): string {
    return Array.from({ length }, () => this.pick(CHARACTERS)).join('');
  }
}

const CHARACTERS = [
  ...'abcXYZ019 _-.:;,/\\?#[]{}()<>&%$"\'=+*@!~|^`äß中😀',
  '\u0000',
  '\u200b',
  '\ud800',
  '%00',
  '%2e',
  '%',
];

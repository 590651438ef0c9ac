import { crc32 } from '../../src/server/verifiers/providers/crc32';

/** Blanks at the end, each a space or a tab: more than the 32 bits that have to come out right. */
const BLANKS = 64;

/** A body that means `text` and has the CRC-32 of `original`: the checksum is linear, so that blanks behind it will do. */
export function withChecksumOf(original: string, text: string): string {
  const blanks = Array<string>(BLANKS).fill(' ');
  const checksum = (changed: readonly string[]) => crc32(Buffer.from(text + changed.join('')));
  const base = checksum(blanks);
  // What each blank changes, reduced to a basis: a row for each leading bit, with the blanks that make it.
  const basis = new Map<number, { bits: number; blanks: Set<number> }>();
  const reduce = (start: number, members: Set<number>) => {
    let bits = start;
    for (let row = basis.get(Math.clz32(bits)); bits !== 0 && row; row = basis.get(Math.clz32(bits))) {
      bits = (bits ^ row.bits) >>> 0;
      row.blanks.forEach((blank) => members.delete(blank) || members.add(blank));
    }
    return bits;
  };
  for (let blank = 0; blank < BLANKS; blank++) {
    const members = new Set([blank]);
    const bits = reduce((checksum(blanks.with(blank, '\t')) ^ base) >>> 0, members);
    if (bits !== 0) {
      basis.set(Math.clz32(bits), { bits, blanks: members });
    }
  }
  const chosen = new Set<number>();
  if (reduce((crc32(Buffer.from(original)) ^ base) >>> 0, chosen) !== 0) {
    throw new Error('there are too few blanks');
  }
  return text + blanks.map((blank, index) => (chosen.has(index) ? '\t' : blank)).join('');
}

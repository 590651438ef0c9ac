/** Bytes of a body as it is by default allowed, but for what a sender puts into it. */
export const MEGABYTE = (1 << 20) - 128;

/** A text of at most `size` characters: `before`, as many units as there is room for, `after`. */
export function filled(
  unit: string | ((index: number) => string),
  { before = '', after = '', between = '', size = MEGABYTE } = {},
): string {
  const parts: string[] = [];
  let left = size - before.length - after.length;
  for (let index = 0; ; index += 1) {
    const part = (index === 0 ? '' : between) + (typeof unit === 'string' ? unit : unit(index));
    left -= Buffer.byteLength(part);
    if (left < 0) {
      break;
    }
    parts.push(part);
  }
  return `${before}${parts.join('')}${after}`;
}

/** A short name for each number. */
export function short(index: number): string {
  return index.toString(36);
}

/** `make` of 0, 1, … */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_item, index) => make(index));
}

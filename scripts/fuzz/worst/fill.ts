/** Bytes of a body as it is by default allowed. */
export const MEGABYTE = 1 << 20;

/** A short name for each number. */
export function short(index: number): string {
  return index.toString(36);
}

/** `make` of 0, 1, … */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_item, index) => make(index));
}

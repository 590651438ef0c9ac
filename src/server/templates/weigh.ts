/** Units of an item, where a character is one: of a list of which a column is taken, and of a part of a value that is copied. */
export const ITEM = 8;

/** How much there is in a value, in units; no more than `most` is looked at. */
export function weigh(value: unknown, most: number): number {
  let weight = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && weight <= most) {
    const part = open.pop();
    weight += ITEM + (typeof part === 'string' ? part.length : 0);
    if (Array.isArray(part)) {
      // Not spread: a list may be longer than a call has room for.
      part.forEach((item) => open.push(item));
    } else if (typeof part === 'object' && part !== null) {
      for (const [name, inner] of Object.entries(part)) {
        weight += name.length;
        open.push(inner);
      }
    }
  }
  return weight;
}

/** Units of an item, where a character is one: of a list of which a column is taken, and of a part of a value that is copied. */
export const ITEM = 8;

/** How much there is in a value, in units; no more than `most` is looked at. */
export function weigh(value: unknown, most: number): number {
  let weight = ITEM;
  if (typeof value === 'string') {
    weight += value.length;
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length && weight <= most; index++) {
      weight += weigh(value[index], most - weight);
    }
  } else if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    for (let index = 0; index < names.length && weight <= most; index++) {
      const name = names[index] as string;
      weight += name.length + weigh((value as Record<string, unknown>)[name], most - weight);
    }
  }
  return weight;
}

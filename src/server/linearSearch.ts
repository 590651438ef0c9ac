/** Up to this length of what is looked for, Node's own search multiplies by no more than it. */
const SHORT = 16;

/** Whether `text` holds `part`, in a time that their lengths together bound, whoever chose both. */
export function holds(text: string, part: string): boolean {
  return part.length <= SHORT || part.length > text.length ? text.includes(part) : countInOnePass(text, part, 1) > 0;
}

/**
 * Whether `part`, which is not empty, stands in `text` as often as in `other`, also where one overlaps the next. As bounded
 * as {@link holds}, and no more of them are looked for: of what anybody has sent, all of it may be such texts.
 */
export function isAsOften(part: string, text: string, other: string): boolean {
  const count = countOf(other, part, Infinity);
  return countOf(text, part, count + 1) === count;
}

function countOf(text: string, part: string, max: number): number {
  if (part.length > SHORT) {
    return countInOnePass(text, part, max);
  }
  let count = 0;
  for (let at = text.indexOf(part); at !== -1 && count < max; at = text.indexOf(part, at + 1)) {
    count += 1;
  }
  return count;
}

/**
 * By Knuth, Morris and Pratt: JavaScript's own search multiplies the two lengths where `part` is `abaaa…` and `text` is
 * `aaaa…`.
 */
function countInOnePass(text: string, part: string, max: number): number {
  const borders = bordersOf(part);
  let count = 0;
  let matched = 0;
  for (let at = 0; at < text.length && count < max; at += 1) {
    matched = grown(part, borders, matched, text.charCodeAt(at));
    if (matched === part.length) {
      count += 1;
      matched = borders[matched - 1] ?? 0;
    }
  }
  return count;
}

/** For each beginning of a text: how long the longest shorter beginning is that it ends with. */
function bordersOf(part: string): Int32Array {
  const borders = new Int32Array(part.length);
  let matched = 0;
  for (let at = 1; at < part.length; at += 1) {
    matched = grown(part, borders, matched, part.charCodeAt(at));
    borders[at] = matched;
  }
  return borders;
}

/** How much of `part` stands at the end of what was looked through, with one more unit of it. */
function grown(part: string, borders: Int32Array, before: number, unit: number): number {
  let matched = before;
  while (matched > 0 && part.charCodeAt(matched) !== unit) {
    matched = borders[matched - 1] ?? 0;
  }
  return part.charCodeAt(matched) === unit ? matched + 1 : matched;
}

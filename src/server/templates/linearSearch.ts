/** Up to this length of what is looked for, Node's own search multiplies by no more than it. */
const SHORT = 16;

/**
 * Whether `text` holds `part`, in a time that their lengths together bound, whoever chose both. JavaScript's own search
 * multiplies the two where `part` is `abaaa…` and `text` is `aaaa…`: this is Knuth, Morris and Pratt's.
 */
export function holds(text: string, part: string): boolean {
  if (part.length <= SHORT || part.length > text.length) {
    return text.includes(part);
  }
  const borders = bordersOf(part);
  let matched = 0;
  for (let at = 0; at < text.length; at += 1) {
    matched = grown(part, borders, matched, text.charCodeAt(at));
    if (matched === part.length) {
      return true;
    }
  }
  return false;
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

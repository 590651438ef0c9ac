/** Longer values are cut: what they begin with tells what they are. */
const MAX_VALUE = 1_000;

/** Names of what may be a credential, put in the wrong place by somebody who has a right one. */
const LIKE_A_CREDENTIAL = /auth|credential|key|passw|secret|session|sig|token/i;

/**
 * As many of the names and values, in their order, as JSON text of so many bytes holds; what doesn't fit is left out, a
 * long value is cut and ends in `…`.
 */
export function boundedRecord<T>(values: Record<string, T>, maxBytes: number): Record<string, T | string> {
  const kept: [string, T | string][] = [];
  let left = maxBytes - '{}'.length;
  for (const [name, value] of Object.entries(values)) {
    const short = typeof value === 'string' ? cut(value, MAX_VALUE) : value;
    const bytes = Buffer.byteLength(`${JSON.stringify(name)}:${JSON.stringify(short) ?? ''},`);
    if (bytes <= left) {
      left -= bytes;
      kept.push([name, short]);
    }
  }
  return Object.fromEntries(kept);
}

/** The names and values at the beginning of a query that nobody has verified; of a name that is there twice, the last. */
export function unverifiedQuery(search: string, maxBytes: number, redacted: string): Record<string, string> {
  const pairs = [...new URLSearchParams(search.slice(0, maxBytes))];
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, LIKE_A_CREDENTIAL.test(name) && value !== '' ? redacted : value]),
  );
}

/** The text, or its beginning and `…`. */
export function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

import { decodeEscapes, type DecodedBytes } from './decodedBytes';

/** How many times over a text may be escaped: a URL in a URL in a field of JSON. */
const MAX_LEVELS = 3;

/**
 * Replaces each of the texts in `body`, as it is and with its characters escaped as JSON, URLs, forms and XML do it, up
 * to three times over. The same bytes where there is none.
 */
export function replaceTexts(body: Buffer, texts: readonly Buffer[], replacement: Buffer): Buffer {
  const plain = texts.reduce((kept, text) => cutOut(kept, spansOf(kept, text), replacement), body);
  const spans: Span[] = [];
  let decoded = decodeEscapes(plain);
  for (let level = 1; decoded && level <= MAX_LEVELS; level++) {
    const { bytes, origins } = decoded;
    texts
      .flatMap((text) => spansOf(bytes, text))
      .forEach(([start, end]) => spans.push([origins[start] ?? 0, origins[end] ?? 0]));
    decoded = level < MAX_LEVELS ? decodedAgain(decoded) : null;
  }
  return cutOut(plain, spans, replacement);
}

/** Null: nothing is escaped any more. */
function decodedAgain({ bytes, origins }: DecodedBytes): DecodedBytes | null {
  const again = decodeEscapes(bytes);
  return again && { bytes: again.bytes, origins: again.origins.map((index) => origins[index] ?? 0) };
}

type Span = [start: number, end: number];

function spansOf(bytes: Buffer, text: Buffer): Span[] {
  const found: Span[] = [];
  for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text, at + text.length)) {
    found.push([at, at + text.length]);
  }
  return found;
}

function cutOut(bytes: Buffer, spans: Span[], replacement: Buffer): Buffer {
  if (spans.length === 0) {
    return bytes;
  }
  const pieces: Buffer[] = [];
  let from = 0;
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    if (start >= from) {
      pieces.push(bytes.subarray(from, start), replacement);
    }
    from = Math.max(from, end);
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}

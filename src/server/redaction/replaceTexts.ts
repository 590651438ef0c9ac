import { decodeEscapes } from './decodedBytes';

/**
 * Replaces each of the texts in `body`, as it is and with its characters escaped as JSON, URLs, forms and XML do it.
 * The same bytes where there is none.
 */
export function replaceTexts(body: Buffer, texts: readonly Buffer[], replacement: Buffer): Buffer {
  const plain = texts.reduce((kept, text) => cutOut(kept, spansOf(kept, text), replacement), body);
  const decoded = decodeEscapes(plain);
  if (!decoded) {
    return plain;
  }
  const { bytes, origins } = decoded;
  const spans = texts
    .flatMap((text) => spansOf(bytes, text))
    .map(([start, end]): Span => [origins[start] ?? 0, origins[end] ?? 0]);
  return cutOut(plain, spans, replacement);
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

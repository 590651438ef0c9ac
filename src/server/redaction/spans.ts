import { decodeEscapes, type DecodedBytes } from './decodedBytes';
import type { TextSearch } from './TextSearch';

/** How many times over a text may be escaped: a URL in a URL in a field of JSON. */
const MAX_LEVELS = 3;

/** Places that are looked for in one text: where there are more, all of it is taken for one. */
const MAX_PLACES = 10_000;

/** Bytes from `start` up to `end`. */
export type Span = readonly [start: number, end: number];

/**
 * Where in `body` any of the texts stands, as it is or with its characters escaped as JSON, URLs, forms and XML do it,
 * up to three times over. In order, none within another.
 */
export function spansOf(body: Buffer, texts: TextSearch): Span[] {
  if (texts.isEmpty) {
    return [];
  }
  const found: Span[] = [];
  let decoded: DecodedBytes | null = { bytes: body, origins: null };
  for (let level = 0; decoded && level <= MAX_LEVELS; level += 1) {
    if (!find(decoded, texts, found)) {
      return whole(body);
    }
    decoded = level < MAX_LEVELS ? decodeEscapes(decoded) : null;
  }
  return merged(found);
}

/** As {@link spansOf}, of the texts as they are. */
export function plainSpansOf(body: Buffer, texts: TextSearch): Span[] {
  const found: Span[] = [];
  return texts.isEmpty || find({ bytes: body, origins: null }, texts, found) ? merged(found) : whole(body);
}

/** False: there are too many places, or too much that nearly is one. */
function find({ bytes, origins }: DecodedBytes, texts: TextSearch, found: Span[]): boolean {
  const isDone = texts.find(bytes, (start, end) => {
    if (found.length <= MAX_PLACES) {
      found.push([origins?.[start] ?? start, origins?.[end] ?? end]);
    }
  });
  return isDone && found.length <= MAX_PLACES;
}

function whole(body: Buffer): Span[] {
  return [[0, body.length]];
}

function merged(spans: Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.sort(([a], [b]) => a - b)) {
    const last = kept.at(-1);
    if (!last || span[0] >= last[1]) {
      kept.push(span);
    } else if (span[1] > last[1]) {
      kept[kept.length - 1] = [last[0], span[1]];
    }
  }
  return kept;
}

/** `bytes` with the spans replaced; the same ones where there are none. */
export function cutOut(bytes: Buffer, spans: readonly Span[], replacement: Buffer): Buffer {
  if (spans.length === 0) {
    return bytes;
  }
  const pieces: Buffer[] = [];
  let from = 0;
  for (const [start, end] of spans) {
    pieces.push(bytes.subarray(from, start), replacement);
    from = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}

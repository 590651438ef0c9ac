import { decodeEscapes, originsOf } from './decodedBytes';
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
  const levels: Level[] = [];
  let left = MAX_PLACES;
  for (let bytes: Buffer | null = body; bytes; bytes = levels.length <= MAX_LEVELS ? decodeEscapes(bytes) : null) {
    const spans = find(bytes, texts, left);
    if (!spans) {
      return whole(body);
    }
    left -= spans.length;
    levels.push({ bytes, spans });
  }
  return levels.reduceRight((below: Span[], { bytes, spans }) => merged([...spans, ...inOriginal(bytes, below)]), []);
}

/** A text as it is after so many escapes were undone, and where in it something was found. */
interface Level {
  bytes: Buffer;
  spans: Span[];
}

/** As {@link spansOf}, of the texts as they are. */
export function plainSpansOf(body: Buffer, texts: TextSearch): Span[] {
  const spans = texts.isEmpty ? [] : find(body, texts, MAX_PLACES);
  return spans ? merged(spans) : whole(body);
}

/** Null: there are more places than so many, or too much that nearly is one. */
function find(bytes: Buffer, texts: TextSearch, max: number): Span[] | null {
  const found: Span[] = [];
  const isDone = texts.find(bytes, (start, end) => {
    if (found.length <= max) {
      found.push([start, end]);
    }
  });
  return isDone && found.length <= max ? found : null;
}

/** Where a text holds what stands in these spans of what it was decoded to; in order, none within another. */
function inOriginal(text: Buffer, spans: readonly Span[]): Span[] {
  const origins = spans.length === 0 ? [] : originsOf(text, spans.flat());
  return spans.map((_span, index) => [origins[2 * index] ?? 0, origins[2 * index + 1] ?? text.length]);
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

import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { WebhookError } from '../../common/errors';
import { because } from '../../common/reasons/reason';

/** The content codings that are taken, RFC 9110 section 8.4.1; `x-gzip` is another name for `gzip`. */
const DECODERS = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: (body: Buffer) => (isZlib(body) ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
} satisfies Record<string, (body: Buffer) => Transform>;

export type ContentCoding = keyof typeof DECODERS;

/** For an answer to a coding that isn't taken, RFC 9110 section 12.5.3. */
const ACCEPTED_CODINGS = 'gzip, deflate, br';

export interface InflateOptions {
  /** Bytes of the result. */
  limit: number;
  /** Told of every piece that is kept, before it is; may throw a refusal. */
  hold(bytes: number): void;
}

/** What stands in the header and is no coding: nothing was done to the body. Senders take it for the charset, or MIME's encoding. */
const NO_CODING = /^(?:|identity|none|utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-\d+|windows-125\d|[78]bit|binary)$/;

/**
 * The body's content coding; null: none. Throws `TYPE_NOT_SUPPORTED` for one that isn't known, and for several:
 * nobody sends them in earnest, and each multiplies what a few bytes can blow up to.
 */
export function contentCoding(header: string | string[] | undefined): ContentCoding | null {
  const codings = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim().replace(/^["'](.*)["']$/, '$1'))
    .filter((coding) => !NO_CODING.test(coding));
  const [name] = codings;
  if (name === undefined) {
    return null;
  }
  if (codings.length > 1 || !Object.hasOwn(DECODERS, name)) {
    const reason = because('ENCODING_UNKNOWN', { encoding: codings.join(', ') });
    throw new WebhookError('TYPE_NOT_SUPPORTED', { reason, headers: { 'accept-encoding': ACCEPTED_CODINGS } });
  }
  return name as ContentCoding;
}

/** Undoes a content coding. Rejects with `BODY_TOO_LARGE`, `BODY_MALFORMED`, or what `hold` throws. */
export async function inflate(body: Buffer, coding: ContentCoding, { limit, hold }: InflateOptions): Promise<Buffer> {
  const decoder = DECODERS[coding](body);
  const pieces: Buffer[] = [];
  let size = 0;
  decoder.end(body);
  try {
    for await (const piece of decoder as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > limit) {
        throw new WebhookError('BODY_TOO_LARGE', { reason: because('BODY_TOO_LARGE', { max: limit }) });
      }
      hold(piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    throw error instanceof WebhookError
      ? error
      : new WebhookError('BODY_MALFORMED', {
          reason: because('ENCODING_MALFORMED', { encoding: coding }),
          cause: error,
        });
  }
  if (decoder.bytesWritten < body.length) {
    throw new WebhookError('BODY_MALFORMED', { reason: because('ENCODING_MALFORMED', { encoding: coding }) });
  }
  return Buffer.concat(pieces, size);
}

/** Half of the senders mean RFC 1951 by `deflate`, not RFC 1950 as HTTP does: without the header, and its check sum. */
function isZlib(body: Buffer): boolean {
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

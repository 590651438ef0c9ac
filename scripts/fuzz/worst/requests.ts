import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FuzzRequest } from '../requests';
import { WORST_BODIES, type WorstBody } from './bodies';
import type { Head, Sender } from './senders';

/** A request that takes as long as a megabyte can, with what it is called in the report. */
export interface WorstRequest {
  name: string;
  request: FuzzRequest;
}

/** Made once: most of the time of a run would go into making them otherwise. */
const made = new Map<WorstBody, Buffer>();

/** All worst bodies, sent to a webhook as one of its own senders would. */
export function* worstRequests(path: string, { name, head, body: becomes }: Sender): Generator<WorstRequest> {
  for (const body of WORST_BODIES) {
    const plain = made.get(body) ?? body.make();
    made.set(body, plain);
    const sent = becomes?.(plain, body.contentType) ?? plain;
    const bytes = body.encoding ? packed(sent, body.encoding) : sent;
    yield { name: `${name}, ${body.name}`, request: requestOf(path, head(sent), body, bytes) };
  }
}

function packed(body: Buffer, encoding: NonNullable<WorstBody['encoding']>): Buffer {
  return encoding === 'gzip'
    ? gzipSync(body)
    : brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } });
}

/** A request with a body, to the webhook at a path. */
export function requestOf(
  path: string,
  { headers, query }: Head,
  body: Pick<WorstBody, 'contentType' | 'encoding'>,
  bytes: Buffer,
): FuzzRequest {
  const search = new URLSearchParams(query).toString();
  const lines = [
    `POST /api/webhooks/${path}${search === '' ? '' : `?${search}`} HTTP/1.1`,
    'host: hooks.example',
    'connection: close',
    `content-length: ${bytes.length}`,
    ...(body.contentType === null ? [] : [`content-type: ${body.contentType}`]),
    ...(body.encoding ? [`content-encoding: ${body.encoding}`] : []),
    ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`),
  ];
  return { pieces: [Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes], hangsUp: false };
}

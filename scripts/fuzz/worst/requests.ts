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
export function* worstRequests(path: string, { name, head }: Sender): Generator<WorstRequest> {
  for (const body of WORST_BODIES) {
    const bytes = made.get(body) ?? body.make();
    made.set(body, bytes);
    yield { name: `${name}, ${body.name}`, request: requestOf(path, head(), body, bytes) };
  }
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

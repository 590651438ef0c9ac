import { isUtf8 } from 'node:buffer';
import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError } from './io';

/** What `curl` sets by itself. */
const OWN_HEADERS: readonly string[] = ['host', 'content-length'];

/** A request as a line for a POSIX shell. */
export function curlLine({ method, url, headers, rawBody }: VerifyRequest): string {
  if (!isUtf8(rawBody) || rawBody.includes(0)) {
    throw new UsageError('The body is no text, and no shell could hold it: use --format http.');
  }
  const fields = Object.entries(headers)
    .filter(([name]) => !OWN_HEADERS.includes(name))
    .flatMap(([name, value]) => [value ?? []].flat().map((item) => `-H ${quoted(`${name}: ${item}`)}`));
  const body = rawBody.length > 0 ? [`--data-binary ${quoted(rawBody.toString('utf8'))}`] : [];
  return `${[`curl -i -X ${method} ${quoted(url)}`, ...fields, ...body].join(' \\\n  ')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

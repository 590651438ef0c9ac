import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError, type Io } from './io';
import { pair, type CliOptions } from './options';
import { parseRawRequest } from './rawRequest';

const SAMPLE_BODY = '{"hello":"world"}';

/** The request that is to be signed: a saved one, or one out of the command line's options. */
export function requestToSign(options: CliOptions, io: Io): VerifyRequest {
  const request =
    options.request === undefined ? newRequest(options, io) : parseRawRequest(io.read(options.request), options.url);
  if (!URL.canParse(request.url)) {
    throw new UsageError('Say where the request goes to: --url https://….');
  }
  return request;
}

function newRequest(options: CliOptions, io: Io): VerifyRequest {
  const { method = 'POST', url = '', header = [] } = options;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const file = options['data-file'];
  const rawBody = file === undefined ? Buffer.from(options.data ?? (hasBody ? SAMPLE_BODY : '')) : io.read(file);
  const given = header.map((text) => pair(text, ':', 'header')).map(([name, value]) => [name.toLowerCase(), value]);
  const type = rawBody.length > 0 ? { 'content-type': 'application/json' } : {};
  return { method, url, headers: { ...type, ...(Object.fromEntries(given) as Record<string, string>) }, rawBody };
}

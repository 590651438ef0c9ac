import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError, type Io } from './io';
import { pair, type CliOptions } from './options';
import { parseRawRequest } from './rawRequest';

const JSON_SAMPLE = { body: '{"hello":"world"}', type: 'application/json' };
const FORM_SAMPLE = { body: 'hello=world', type: 'application/x-www-form-urlencoded' };

/**
 * The request that is to be signed: a saved one, or one out of the command line's options.
 * @param isForm what is sent unless something is given is a form, rather than JSON
 */
export function requestToSign(options: CliOptions, io: Io, isForm: boolean): VerifyRequest {
  const request =
    options.request === undefined
      ? newRequest(options, io, isForm ? FORM_SAMPLE : JSON_SAMPLE)
      : parseRawRequest(io.read(options.request), options.url);
  if (!URL.canParse(request.url)) {
    throw new UsageError('Say where the request goes to: --url https://….');
  }
  return request;
}

function newRequest(options: CliOptions, io: Io, sample: typeof JSON_SAMPLE): VerifyRequest {
  const { method = 'POST', url = '', header = [] } = options;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const file = options['data-file'];
  const rawBody = file === undefined ? Buffer.from(options.data ?? (hasBody ? sample.body : '')) : io.read(file);
  const given = header.map((text) => pair(text, ':', 'header')).map(([name, value]) => [name.toLowerCase(), value]);
  const type = rawBody.length > 0 ? { 'content-type': sample.type } : {};
  return { method, url, headers: { ...type, ...(Object.fromEntries(given) as Record<string, string>) }, rawBody };
}

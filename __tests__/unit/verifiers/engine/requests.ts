import type { SecretInput } from '../../../../src/common/secrets';
import type { VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';
import type { Challenge, Vector, VectorRequest } from './vectors';

/** A vector's request as the engine is given it. */
export function toRequest({
  method = 'POST',
  url = '/api/webhooks/key',
  headers = {},
  params,
  body = '',
}: VectorRequest): VerifyRequest {
  return { method, url, headers, ...(params && { params }), rawBody: Buffer.from(body, 'utf8') };
}

/** A vector as the engine's whole input. */
export function toInput({
  provider,
  scheme,
  secret,
  options,
  request,
  at,
  fetched,
}: Pick<Vector, 'provider' | 'scheme' | 'secret' | 'options' | 'request' | 'at' | 'fetched'>): VerifyInput {
  return {
    auth: authOf(provider, [secret], { scheme, options }),
    request: toRequest(request),
    now: at,
    ...(fetched !== undefined && { outbound: { get: () => Promise.resolve(Buffer.from(fetched)) } }),
  };
}

function authOf(
  provider: string,
  secrets: SecretInput[],
  { scheme, options }: Pick<Vector, 'scheme' | 'options'>,
): VerifyInput['auth'] {
  return scheme
    ? { type: 'signature', ...scheme, secrets }
    : { type: 'provider', provider, secrets, ...(options && { options }) };
}

export function challengeInput({ provider, scheme, secrets, options, request, at }: Challenge): VerifyInput {
  return {
    auth: authOf(provider, secrets, { scheme, options }),
    request: toRequest(request),
    now: at,
  };
}

/** The same input with its request changed. */
export function withRequest(input: VerifyInput, change: Partial<VerifyRequest>): VerifyInput {
  return { ...input, request: { ...input.request, ...change } };
}

/** The same input with other secrets. */
export function withSecrets(input: VerifyInput, secrets: VerifyInput['secrets']): VerifyInput {
  return { ...input, auth: { ...input.auth, secrets } as VerifyInput['auth'] };
}

/** What stands at `place` in the request; of a JSON field the first. */
export function valueAt({ request }: VerifyInput, place: string): string {
  const name = place.slice(place.indexOf(':') + 1);
  if (place.startsWith('header:')) {
    return String(request.headers[name]);
  }
  if (place.startsWith('query:')) {
    return new URLSearchParams(request.url.split('?')[1]).get(name) ?? '';
  }
  if (place.startsWith('path:')) {
    return request.params?.[name] ?? '';
  }
  if (place.startsWith('form:')) {
    return formValue(request, name);
  }
  const key = name.split('.').pop() ?? '';
  return new RegExp(`"${key}":"([^"]*)"`).exec(request.rawBody.toString('utf8'))?.[1] ?? '';
}

/** The same input with another text, several, or none at `place`. */
export function withValueAt(input: VerifyInput, place: string, value: string | string[] | null): VerifyInput {
  const { request } = input;
  const name = place.slice(place.indexOf(':') + 1);
  if (place === 'url') {
    return withRequest(input, { url: String(value) });
  }
  if (place === 'method') {
    return withRequest(input, { method: String(value) });
  }
  if (place.startsWith('header:')) {
    return withRequest(input, { headers: { ...request.headers, [name]: value ?? undefined } });
  }
  if (place.startsWith('query:')) {
    const query = new URLSearchParams(request.url.split('?')[1]);
    query.delete(name);
    [value ?? []].flat().forEach((item) => query.append(name, item));
    return withRequest(input, { url: `${request.url.split('?')[0]}?${query.toString()}` });
  }
  if (place.startsWith('path:')) {
    // A path has a part once.
    return withRequest(input, { params: typeof value === 'string' ? { [name]: value } : {} });
  }
  if (place.startsWith('form:')) {
    return withRequest(input, { rawBody: Buffer.from(withFormValue(request, name, [value ?? []].flat())) });
  }
  const old = valueAt(input, place);
  const key = name.split('.').pop() ?? '';
  const body = request.rawBody
    .toString('utf8')
    .replace(`"${key}":"${old}"`, value === null ? '"x":"x"' : `"${key}":${JSON.stringify(value)}`);
  return withRequest(input, { rawBody: Buffer.from(body) });
}

/** The text with one character changed into another of the same kind. */
export function changed(text: string, index = Math.floor(text.length / 2)): string {
  const character = text[index] ?? '';
  const other = /\d/.test(character) ? String((Number(character) + 1) % 10) : character === 'a' ? 'b' : 'a';
  return text.slice(0, index) + other + text.slice(index + 1);
}

/** A part of a multipart body, with its delimiter before it. */
const part = (name: string) => new RegExp(`--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n([^\r]*)\r\n`);

function formValue({ headers, rawBody }: VerifyRequest, name: string): string {
  const body = rawBody.toString('utf8');
  return String(headers['content-type']).startsWith('multipart')
    ? (part(name).exec(body)?.[1] ?? '')
    : (new URLSearchParams(body).get(name) ?? '');
}

function withFormValue({ headers, rawBody }: VerifyRequest, name: string, values: string[]): string {
  const body = rawBody.toString('utf8');
  if (String(headers['content-type']).startsWith('multipart')) {
    const parts = values.map((value) => `--xx\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    return body.replace(part(name), () => parts.join(''));
  }
  const fields = new URLSearchParams(body);
  fields.delete(name);
  values.forEach((value) => fields.append(name, value));
  return fields.toString();
}

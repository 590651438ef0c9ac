import type { VerifyInput, VerifyRequest } from '../../../../src/server/verifiers/types';
import type { Challenge, Vector, VectorRequest } from './vectors';

/** A vector's request as the engine is given it. */
export function toRequest({
  method = 'POST',
  url = '/api/webhooks/key',
  headers = {},
  body = '',
}: VectorRequest): VerifyRequest {
  return { method, url, headers, rawBody: Buffer.from(body, 'utf8') };
}

/** A vector as the engine's whole input. */
export function toInput({
  provider,
  secret,
  options,
  request,
  at,
}: Pick<Vector, 'provider' | 'secret' | 'options' | 'request' | 'at'>): VerifyInput {
  return {
    auth: { type: 'provider', provider, secrets: [secret], ...(options && { options }) },
    request: toRequest(request),
    now: at,
  };
}

export function challengeInput({ provider, secrets, options, request, at }: Challenge): VerifyInput {
  return {
    auth: { type: 'provider', provider, secrets, ...(options && { options }) },
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

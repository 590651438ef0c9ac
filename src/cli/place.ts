import type { Source } from '../common/presets';
import { isRecord } from '../common/rules';
import type { VerifyRequest } from '../server/verifiers/types';
import { UsageError } from './io';

/** The request with a value where a scheme looks for it: the way back of the verifier's `Sources`. */
export function place(request: VerifyRequest, source: Source, value: string): VerifyRequest {
  const colon = source.indexOf(':');
  const name = source.slice(colon + 1);
  switch (source.slice(0, colon)) {
    case 'header':
      return { ...request, headers: { ...request.headers, [name.toLowerCase()]: value } };
    case 'query':
      return { ...request, url: withParameter(request.url, name, value) };
    case 'form':
      return {
        ...request,
        headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' },
        rawBody: withFormField(request.rawBody, name, value),
      };
    case 'form-json': {
      const [field = '', ...path] = name.split('.');
      const held = new URLSearchParams(request.rawBody.toString('utf8')).get(field) ?? '{}';
      const written = withField(Buffer.from(held), path.join('.'), value).toString('utf8');
      return place(request, `form:${field}`, written);
    }
    case 'json':
      return { ...request, rawBody: withField(request.rawBody, name, value) };
    default:
      throw new UsageError(`A request can't be given the value "${source}".`);
  }
}

function withParameter(text: string, name: string, value: string): string {
  const url = new URL(text);
  url.searchParams.set(name, value);
  return url.href;
}

function withFormField(body: Buffer, name: string, value: string): Buffer {
  const fields = new URLSearchParams(body.toString('utf8'));
  fields.set(name, value);
  return Buffer.from(fields.toString());
}

function withField(body: Buffer, path: string, value: string): Buffer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    throw new UsageError('This provider signs inside the body: it has to be JSON.');
  }
  return Buffer.from(JSON.stringify(set(parsed, path.split('.'), value)));
}

/** `a.b` goes down, `a[].b` into every item of the list; what isn't there is made. */
function set(at: unknown, [step, ...rest]: readonly string[], value: string): unknown {
  if (step === undefined) {
    // A time in JSON is a number.
    return /^\d{10,13}$/.test(value) ? Number(value) : value;
  }
  const isList = step.endsWith('[]');
  const key = isList ? step.slice(0, -2) : step;
  const record = isRecord(at) ? at : {};
  const old = record[key];
  const items = Array.isArray(old) && old.length > 0 ? old : [{}];
  return { ...record, [key]: isList ? items.map((item) => set(item, rest, value)) : set(old, rest, value) };
}

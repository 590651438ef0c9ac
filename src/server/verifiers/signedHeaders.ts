import { HEADER_NAME } from '../../common/httpFields';
import type { SignedHeaders } from '../../common/presets';
import { refuse } from './providers/fields';
import type { Sources } from './Sources';
import type { NotVerified } from './types';

/** More than any canonical request has. */
const MAX_HEADERS = 50;

/**
 * Names and values of the headers that are signed together, in the order in which they are listed. Where the request
 * lists them itself, the list has to be among them, and so have those that the scheme requires: who has seen a call
 * could leave one out otherwise.
 */
export function signedHeaders(headers: SignedHeaders | undefined, sources: Sources): string | NotVerified {
  if (!headers) {
    return refuse('SETTINGS_UNUSABLE', { detail: 'signedHeaders' });
  }
  const { names, between = ':', join = '\n' } = headers;
  const listed = Array.isArray(names) ? names : listedNames(headers, names, sources);
  if ('ok' in listed) {
    return listed;
  }
  const pairs: string[] = [];
  for (const [index, name] of listed.entries()) {
    const value = sources.signed(`header:${name}`);
    if (typeof value !== 'string') {
      return value;
    }
    // Joined without escaping: a piece of one could be moved into the next.
    if (value.includes(`${join}${listed[index + 1] ?? ''}${between}`)) {
      return refuse('SIGNED_TEXT_AMBIGUOUS', { detail: 'header' });
    }
    pairs.push(`${name}${between}${value}`);
  }
  return pairs.join(join);
}

function listedNames(
  { split = ',', required = [] }: SignedHeaders,
  source: string,
  sources: Sources,
): string[] | NotVerified {
  const list = sources.one(source);
  if (typeof list !== 'string') {
    return list;
  }
  const names = list.split(split, MAX_HEADERS + 1).map((name) => name.trim().toLowerCase());
  if (
    names.length > MAX_HEADERS ||
    new Set(names).size < names.length ||
    !names.every((name) => HEADER_NAME.test(name))
  ) {
    return refuse('VALUE_MALFORMED', { place: source });
  }
  const missing = [source.slice('header:'.length), ...required].find((name) => !names.includes(name.toLowerCase()));
  return missing === undefined ? names : refuse('SIGNATURE_LEAVES_OUT', { missing: [missing] });
}

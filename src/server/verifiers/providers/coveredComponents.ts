import type { InnerList } from 'structured-headers';
import type { CodeProviderInput, NotVerified, Verified, VerifyRequest, VerifyResult } from '../types';
import { readByBytes } from '../readAsSigned';
import { digestFields } from './contentDigest';
import { listOption, parseJson, refuse } from './fields';

/** A component that holds others: who signs it has signed them. */
const HOLDS: Record<string, readonly string[]> = {
  '@target-uri': ['@scheme', '@authority', '@path', '@query', '@request-target'],
  '@request-target': ['@path', '@query'],
};

/**
 * Refuses a signature that leaves open what must be signed: what the maker lists, else all that the workflow gets of
 * the request line and the body. A component with parameters stands for a part of it, or for another form, and counts
 * for nothing here: of `@query-param` a query can have one more.
 */
export function checkComponents(input: CodeProviderInput, signed: InnerList): NotVerified | null {
  const covered = coveredBy(signed);
  const configured = configuredComponents(input);
  const hasBody = (input.request.packedBody ?? input.request.rawBody).length > 0;
  const isDigestCovered = digestFields(input.request).some((name) => covered.has(name));
  const missing = (configured.length > 0 ? configured : defaultComponents(input.request))
    .filter((name) => name !== 'content-digest' || (hasBody && !isDigestCovered))
    .filter((name) => !covered.has(name));
  return missing.length === 0 ? null : refuse(`The signature does not cover: ${missing.join(', ')}.`);
}

/**
 * Who has seen a call can say of its body that it is something else where that isn't signed: then it is read as what its
 * bytes are. What was packed is JSON then, or refused: the digest is of the body as it travels, so that it could be said to
 * be packed, or not to be.
 */
export function asCovered({ request }: CodeProviderInput, signed: InnerList, verified: Verified): VerifyResult {
  const { headers, rawBody } = request;
  const covered = coveredBy(signed);
  const isPacked = headers['content-encoding'] !== undefined;
  if (isPacked && !covered.has('content-encoding') && rawBody.length > 0 && parseJson(rawBody) === undefined) {
    return refuse('The signature does not cover content-encoding, which says how to read a body that is not JSON.');
  }
  return covered.has('content-type') && (!isPacked || covered.has('content-encoding'))
    ? verified
    : readByBytes(verified, request);
}

function defaultComponents({ url }: Pick<VerifyRequest, 'url'>): string[] {
  const query = /\?[^#]/.test(url) ? ['@query'] : [];
  return ['@method', '@path', ...query, 'content-digest'];
}

function configuredComponents(input: CodeProviderInput): string[] {
  return listOption(input, 'components').map((name) => name.toLowerCase());
}

function coveredBy([items]: InnerList): Set<string> {
  const plain = items.flatMap(([name, params]) => (typeof name === 'string' && params.size === 0 ? [name] : []));
  return new Set(plain.flatMap((name) => [name, ...(HOLDS[name] ?? [])]));
}

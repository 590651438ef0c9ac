import type { InnerList } from 'structured-headers';
import type { CodeProviderInput, NotVerified, Verified, VerifyRequest, VerifyResult } from '../types';
import { digestFields } from './contentDigest';
import { listOption, parseJson, refuse } from './fields';

/** A component that holds others: who signs it has signed them. */
const HOLDS: Record<string, readonly string[]> = {
  '@target-uri': ['@scheme', '@authority', '@path', '@query', '@request-target'],
  '@request-target': ['@path', '@query'],
};

/** What says how a body is to be read. */
const READ_BY = ['content-type', 'content-encoding'];

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
  return missing.length === 0 ? null : refuse('SIGNATURE_LEAVES_OUT', { missing });
}

/**
 * Who has seen a call can say of its body that it is something else where that isn't signed: then it is read as JSON,
 * which has one meaning, whatever the request says; what is no JSON is refused, unless the maker has said what must be
 * signed.
 */
export function asJson(input: CodeProviderInput, signed: InnerList, verified: Verified): VerifyResult {
  const { headers, rawBody } = input.request;
  const covered = coveredBy(signed);
  const open = READ_BY.filter((name) => headers[name] !== undefined && !covered.has(name));
  if (open.length === 0 || rawBody.length === 0) {
    return verified;
  }
  if (parseJson(rawBody) !== undefined) {
    return { ...verified, plaintext: { body: rawBody, contentType: 'application/json' } };
  }
  return configuredComponents(input).length > 0 ? verified : refuse('SIGNATURE_LEAVES_OUT', { missing: open });
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

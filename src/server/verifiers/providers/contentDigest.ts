import { createHash } from 'node:crypto';
import { isInnerList, parseDictionary } from 'structured-headers';
import type { NotVerified, VerifyRequest } from '../types';
import { equalBytes, refuse, requiredHeader } from './fields';

const ALGORITHMS: Record<string, string> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/**
 * The fields of RFC 9530 that hold a digest of the body. Both are of the body as it travels, its content coding
 * included; they differ only where a part of something is sent, and then `Repr-Digest` is of the whole.
 */
const DIGEST_FIELDS = ['content-digest', 'repr-digest'] as const;

/** The digests of this request that are of its body. */
export function digestFields({ headers }: Pick<VerifyRequest, 'headers'>): string[] {
  return DIGEST_FIELDS.filter((name) => name === 'content-digest' || !Object.hasOwn(headers, 'content-range'));
}

/** Refuses a body that is not the one of every digest that is there. */
export function checkDigests(request: VerifyRequest): NotVerified | null {
  const body = request.packedBody ?? request.rawBody;
  for (const name of digestFields(request)) {
    if (request.headers[name] === undefined) {
      continue;
    }
    const header = requiredHeader(request, name);
    if (typeof header !== 'string') {
      return header;
    }
    if (!contentDigestMatches(header, body)) {
      return refuse('BODY_DIGEST_MISMATCH', { name });
    }
  }
  return null;
}

/** Tells whether a Content-Digest (RFC 9530) has a digest that is known here, and every such one is the body's. */
export function contentDigestMatches(header: string, body: Buffer): boolean {
  try {
    const known = [...parseDictionary(header)].filter(([name]) => Object.hasOwn(ALGORITHMS, name));
    return (
      known.length > 0 &&
      known.every(([name, member]) => {
        const value = isInnerList(member) ? null : member[0];
        const digest = createHash(ALGORITHMS[name] ?? '')
          .update(body)
          .digest();
        return value instanceof ArrayBuffer && equalBytes(digest, Buffer.from(value));
      })
    );
  } catch {
    return false;
  }
}

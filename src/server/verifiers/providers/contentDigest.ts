import { createHash } from 'node:crypto';
import { isInnerList, parseDictionary } from 'structured-headers';
import { equalBytes } from './fields';

const ALGORITHMS: Record<string, string> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

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

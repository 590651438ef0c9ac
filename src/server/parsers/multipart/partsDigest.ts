import { createHash } from 'node:crypto';
import type { Part } from './readPart';

/**
 * SHA-256, in hex, of what a multipart body's parts say and hold, as they were sent: what stands between them is made up
 * anew each time that the same is sent. No two different lists of parts have the same one.
 */
export function partsDigest(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const { name, namedAs, filename, isFile, contentType, charset, content } of parts) {
    const about = [name.toString('latin1'), namedAs, filename, isFile, contentType, charset].map((value) =>
      typeof value === 'object' ? { ...value, bytes: value.bytes.toString('latin1') } : (value ?? null),
    );
    hash.update(`${JSON.stringify(about)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

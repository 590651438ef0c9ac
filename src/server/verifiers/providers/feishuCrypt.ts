import { createDecipheriv, createHash } from 'node:crypto';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Opens the `encrypt` of a Feishu event: AES-256-CBC, the key the SHA-256 of the encrypt key, the first block the
 * initialisation vector. Null if the key doesn't fit.
 */
export function decryptEvent(encryptKey: string, encrypted: string): Buffer | null {
  const bytes = BASE64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
  if (bytes.length < 32 || bytes.length % 16 !== 0) {
    return null;
  }
  const key = createHash('sha256').update(encryptKey).digest();
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
  } catch {
    return null;
  }
}

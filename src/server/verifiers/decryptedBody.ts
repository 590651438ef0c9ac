import { createDecipheriv } from 'node:crypto';
import type { SignatureScheme } from '../../common/presets';
import { decodeText } from './encoding';
import { refuse } from './providers/fields';
import type { Sources } from './Sources';
import type { NotVerified, Verified } from './types';

const TAG_BYTES = 16;

/**
 * The part of the body that the scheme encrypts (AES-256-GCM, tag at the end), in the clear. Undefined: the scheme
 * encrypts nothing, the key isn't set, or this body holds nothing encrypted. What doesn't open refuses.
 */
export function decryptedBody(
  { decrypt }: SignatureScheme,
  sources: Sources,
): Verified['plaintext'] | NotVerified | undefined {
  if (!decrypt || !sources.has(decrypt.key) || !sources.has(decrypt.ciphertext)) {
    return undefined;
  }
  const [key, text, nonce, aad] = [
    sources.one(decrypt.key),
    sources.one(decrypt.ciphertext),
    sources.one(decrypt.nonce),
    sources.all(decrypt.aad)[0] ?? '',
  ];
  if (typeof key !== 'string') return key;
  if (typeof text !== 'string') return text;
  if (typeof nonce !== 'string') return nonce;
  const body = open(Buffer.from(key, 'utf8'), text, nonce, aad);
  return body
    ? { body, contentType: 'application/json' }
    : refuse('MESSAGE_NOT_OPENED', { key: decrypt.key.slice('config:'.length) });
}

function open(key: Buffer, text: string, nonce: string, aad: string): Buffer | null {
  const sealed = decodeText(text, 'base64', Infinity);
  if (key.length !== 32 || !sealed || sealed.length < TAG_BYTES) {
    return null;
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'utf8'), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(aad, 'utf8')).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

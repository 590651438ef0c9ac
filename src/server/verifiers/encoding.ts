import type { SignatureEncoding } from '../../common/presets';

/** Longest signature that is decoded: RSA with 8192 bits in hex. */
const MAX_TEXT = 2048;

/**
 * The bytes of `text`; null if it isn't exactly what an encoder would have written, upper-case hex and missing base64url
 * padding aside. Anything looser would let one signature be written in several ways.
 */
export function decodeText(text: string, encoding: SignatureEncoding, maxLength: number = MAX_TEXT): Buffer | null {
  if (text === '' || text.length > maxLength) {
    return null;
  }
  if (encoding === 'hex' || encoding === 'hex-upper') {
    return text.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(text) ? Buffer.from(text, 'hex') : null;
  }
  const unpadded = encoding === 'base64url' ? text.replace(/={1,2}$/, '') : text;
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === unpadded ? bytes : null;
}

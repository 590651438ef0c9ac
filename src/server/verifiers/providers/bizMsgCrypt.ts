import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * The encrypted container that WeCom, WeChat official accounts and DingTalk share ("WXBizMsgCrypt").
 * https://developer.work.weixin.qq.com/document/path/90968
 */

/** The container pads to blocks of 32 bytes, twice AES's own: OpenSSL's padding can't be used. */
const BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const AES_KEY = /^[A-Za-z0-9]{43}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The AES key of a 43-character EncodingAESKey; null if it isn't one. */
export function parseAesKey(encodingAesKey: string): Buffer | null {
  return AES_KEY.test(encodingAesKey) ? Buffer.from(`${encodingAesKey}=`, 'base64') : null;
}

/** SHA-1 over the parts, sorted by their bytes and joined with nothing between. A long one is not copied. */
export function sortedDigest(parts: readonly (string | Buffer)[]): Buffer {
  const sorted = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)).sort(Buffer.compare);
  return sorted.reduce((hash, part) => hash.update(part), createHash('sha1')).digest();
}

/** What a container holds: the message and whom it is for (a corp, suite or app id; empty for robots). */
export interface BizMessage {
  message: Buffer;
  receiveId: string;
}

/** Opens a container; null if the key doesn't fit or it isn't one. Check the signature first. */
export function decryptMessage(aesKey: Buffer, encrypted: string): BizMessage | null {
  const ciphertext = BASE64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
  if (ciphertext.length < BLOCK || ciphertext.length % 16 !== 0) {
    return null;
  }
  const decipher = createDecipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  const padding = padded[padded.length - 1] ?? 0;
  if (padding < 1 || padding > BLOCK || !padded.subarray(-padding).every((byte) => byte === padding)) {
    return null;
  }
  const content = padded.subarray(RANDOM_BYTES, -padding);
  if (content.length < LENGTH_BYTES) {
    return null;
  }
  const length = content.readUInt32BE(0);
  const rest = content.subarray(LENGTH_BYTES);
  return length > rest.length
    ? null
    : { message: rest.subarray(0, length), receiveId: rest.subarray(length).toString('utf8') };
}

/** Makes a container, base64. */
export function encryptMessage(aesKey: Buffer, { message, receiveId }: BizMessage): string {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(message.length);
  const content = Buffer.concat([randomBytes(RANDOM_BYTES), length, message, Buffer.from(receiveId)]);
  const padding = BLOCK - (content.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(content),
    cipher.update(Buffer.alloc(padding, padding)),
    cipher.final(),
  ]).toString('base64');
}

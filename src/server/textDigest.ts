import { createHash } from 'node:crypto';

/** Stands for what made no character. */
const LOST = '\ufffd';

/** Whether characters of a text were lost: it reads like others that lost theirs, and by itself tells nothing apart. */
export function hasLost(text: string): boolean {
  return text.includes(LOST);
}

/** SHA-256 of a text, in hex, by which it is known; of one that has lost characters, it says so still. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex') + (hasLost(text) ? LOST : '');
}

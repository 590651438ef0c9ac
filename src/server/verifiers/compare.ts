import { createHmac, randomBytes } from 'node:crypto';
import { equalBytes } from './providers/fields';

const KEY = randomBytes(32);

/**
 * Compares two texts in a time that tells neither where they differ nor how long the expected one is: both are hashed
 * under a key of this process first. Nothing equals an empty text: what isn't set proves nothing.
 */
export function equalText(left: string, right: string): boolean {
  return equalBytes(digest(left), digest(right)) && right !== '';
}

/**
 * Whether what was sent is the secret. Node reads a header's bytes one by one as characters; a sender that writes
 * letters beyond ASCII writes them as UTF-8.
 */
export function equalSent(sent: string, secret: string): boolean {
  const asUtf8 = Buffer.from(sent, 'latin1').toString('utf8');
  return [sent, asUtf8].filter((text) => equalText(text, secret)).length > 0;
}

function digest(text: string): Buffer {
  return createHmac('sha256', KEY).update(text, 'utf8').digest();
}

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
 * Tells of each secret whether it is what was sent. Node reads a header's bytes one by one as characters; a sender that
 * writes letters beyond ASCII writes them as UTF-8. What was sent may be long: it is hashed once for all secrets.
 */
export function equalSent(sent: string): (secret: string) => boolean {
  const forms = [sent, Buffer.from(sent, 'latin1').toString('utf8')].map(digest);
  return (secret) => {
    const expected = digest(secret);
    return forms.filter((form) => equalBytes(form, expected)).length > 0 && secret !== '';
  };
}

function digest(text: string): Buffer {
  return createHmac('sha256', KEY).update(text, 'utf8').digest();
}

// Framework-free: what may stand in braces in the answer to a handshake.

import { HASH_ALGORITHMS } from './presets';

const ALGORITHM = `(?:${HASH_ALGORITHMS.join('|')})`;
const GIVEN_BACK = '(?:header|query|json|xml|form|path):[^{}+]+';
const DIGESTED = `(?:${GIVEN_BACK}|config:[^{}+]+|body|url|secret)`;

/** One placeholder: what is digested and how, or what is given back as it came. */
export const REPLY_PLACEHOLDER = new RegExp(
  `\\{(?:(hmac(?:-${ALGORITHM})?|${ALGORITHM})(?:-(hex|upper|base64|base64url))?:(${DIGESTED}(?:\\+${DIGESTED})*)|(${GIVEN_BACK}))\\}`,
  'g',
);

/** The placeholders of an answer that give away a digest which the secret is in. */
export function secretDigests(text: string): string[] {
  return [...text.matchAll(REPLY_PLACEHOLDER)].flatMap(([placeholder, digest = '', , parts = '']) =>
    digest.startsWith('hmac') || parts.split('+').includes('secret') ? [placeholder] : [],
  );
}

/** Whether an answer holds a digest that the secret is in. */
export function digestsSecret(text: string): boolean {
  return secretDigests(text).length > 0;
}

/** Whether an answer would show the secret or a setting, which it never does. */
export function showsSecret(text: string): boolean {
  return /\{(?:secret|config:[^{}]*)\}/.test(text);
}

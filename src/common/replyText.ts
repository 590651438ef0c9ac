// Framework-free: what may stand in braces in the answer to a handshake.

import { HASH_ALGORITHMS } from './presets';

/** How the time of an answer is written: in UTC, or as so many units since 1970. */
export const ANSWER_TIMES = ['s', 'ms', 'rfc3339', 'YYYYMMDDhhmmss'] as const;
export type AnswerTime = (typeof ANSWER_TIMES)[number];

const ALGORITHM = `(?:${HASH_ALGORITHMS.join('|')})`;
const NOW = `now:(?:${ANSWER_TIMES.join('|')})`;
const GIVEN_BACK = `(?:(?:first:)?(?:header|query|json|xml|form|form-json|path):[^{}+]+|${NOW})`;
const DIGESTED = `(?:(?:length:)?${GIVEN_BACK}|config:[^{}+]+|body|url|secret(?::[^{}+]+)?)`;

/** One placeholder: what is digested and how, or what is given back as it came. */
export const REPLY_PLACEHOLDER = new RegExp(
  `\\{(?:(hmac(?:-${ALGORITHM})?|ed25519|${ALGORITHM})(?:-(hex|upper|base64|base64url))?:(${DIGESTED}(?:\\+${DIGESTED})*)|(${GIVEN_BACK}))\\}`,
  'g',
);

/** Places of a call in all of one answer, its headers included: more than any challenge asks for. */
export const MAX_REPLY_PLACES = 50;

/** How many places are given back or digested in texts of an answer. */
export function placesInReply(texts: readonly string[]): number {
  return texts
    .flatMap((text) => [...text.matchAll(REPLY_PLACEHOLDER)])
    .reduce((places, [, , , parts = '']) => places + parts.split('+').length, 0);
}

/** The placeholders of an answer that give away a digest which the secret is in, or a signature by it. */
export function secretDigests(text: string): string[] {
  return [...text.matchAll(REPLY_PLACEHOLDER)].flatMap(([placeholder, digest = '', , parts = '']) =>
    isKeyed(digest) || parts.split('+').some(isSecret) ? [placeholder] : [],
  );
}

/**
 * What in a maker's answer looks like a placeholder and is none; null: all of them are understood. It would go out as it
 * is written. The settings of a provider are none of theirs.
 */
export function unknownInReply(text: string): string | null {
  const [first] = [...text.matchAll(REPLY_PLACEHOLDER)]
    .map(([placeholder]) => placeholder)
    .filter((placeholder) => /[:+]config:/.test(placeholder));
  const [like] = /\{\s*[\w-][^{}\n]{0,80}\}?/.exec(text.replace(REPLY_PLACEHOLDER, '\0')) ?? [];
  return first ?? like ?? null;
}

/**
 * Whether an answer gives away a digest of the secret and of nothing that the call brings: the same whenever somebody
 * asks, so that whoever asked once can try secrets for as long as they like.
 */
export function digestsSecretAlone(text: string): boolean {
  return [...text.matchAll(REPLY_PLACEHOLDER)].some(([, digest, , parts]) => digest && isBare(digest, parts ?? ''));
}

/** Whether the secret is in a digest, and nothing of the call. */
export function isBare(digest: string, parts: string): boolean {
  const names = parts.split('+');
  return (isKeyed(digest) || names.some(isSecret)) && !names.some(isOfCall);
}

/** Whether a digested part is what the call brings: not the secret, a setting, the time, or the webhook's own address. */
export function isOfCall(part: string): boolean {
  return !isSecret(part) && part !== 'url' && !/^(?:config|(?:length:)?now):/.test(part);
}

/** Whether a digested part of this name is the secret, or the one of a name: `secret:verification`. */
export function isSecret(part: string): boolean {
  return part === 'secret' || part.startsWith('secret:');
}

/** Whether the secret is the key of a digest of this name. */
export function isKeyed(digest: string): boolean {
  return digest.startsWith('hmac') || digest === SIGNED;
}

/** What an answer calls the signature by a key that is made of the secret. */
export const SIGNED = 'ed25519';

/** Whether an answer holds a signature by a key that is made of the secret. */
export function holdsSignature(text: string): boolean {
  return [...text.matchAll(REPLY_PLACEHOLDER)].some(([, digest]) => digest === SIGNED);
}

/** Whether an answer holds a digest that the secret is in. */
export function digestsSecret(text: string): boolean {
  return secretDigests(text).length > 0;
}

/** Whether an answer would show the secret or a setting, which it never does. */
export function showsSecret(text: string): boolean {
  return /\{(?:secret(?::[^{}]*)?|config:[^{}]*)\}/.test(text);
}

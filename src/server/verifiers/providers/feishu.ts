import { createHash } from 'node:crypto';
import { toleranceOf } from '../../../common/replayable';
import type { CodeProvider, CodeProviderInput, NotVerified, ResolvedSecret, VerifyResult } from '../types';
import { equalText } from '../compare';
import { decryptEvent } from './feishuCrypt';
import {
  checkTime,
  contentId,
  decodeHex,
  equalBytes,
  findSecret,
  noSecret,
  parseJsonObject,
  refuse,
  requiredHeader,
  textOption,
} from './fields';

const TOLERANCE = toleranceOf('feishu');

type Json = Record<string, unknown>;

/**
 * Feishu (Lark). Secrets are encrypt keys: they sign the raw body and decrypt it. The option `verificationToken`
 * is compared with the `token` in the event.
 * https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export const feishu: CodeProvider = (input) => {
  const signed = Object.hasOwn(input.request.headers, 'x-lark-signature');
  const secret = signed ? checkSignature(input) : null;
  if (secret && 'ok' in secret) {
    return secret;
  }
  const body = parseJsonObject(input.request.rawBody);
  if (!body) {
    return refuse('MESSAGE_MALFORMED', { expected: 'JSON' });
  }
  if (typeof body.encrypt !== 'string') {
    return readable(input, body, secret);
  }
  const opened = open(body.encrypt, secret ? [secret] : input.secrets);
  if (!opened) {
    return noSecret(input.secrets) ?? refuse('MESSAGE_NOT_OPENED', { key: 'Encrypt Key' });
  }
  if (opened.event.type === 'url_verification') {
    return checkToken(input, opened.event) ?? challenge(opened.event, opened.secret.name);
  }
  return secret ? accept(input, opened.event, opened.plaintext, secret) : unsigned();
};

/** A body that isn't encrypted: a challenge, before an Encrypt Key is in force, or one that is signed all the same. */
function readable(input: CodeProviderInput, body: Json, secret: ResolvedSecret | null): VerifyResult {
  const isChallenge = body.type === 'url_verification';
  if (isChallenge && !secret && textOption(input, 'verificationToken') === '') {
    return refuse('CHALLENGE_NOT_ENCRYPTED');
  }
  if (isChallenge) {
    return checkToken(input, body) ?? challenge(body, secret?.name ?? null);
  }
  return secret ? accept(input, body, input.request.rawBody, secret) : unsigned();
}

function unsigned(): NotVerified {
  return refuse('MESSAGE_NOT_SIGNED', { place: 'header:x-lark-signature' });
}

/** Plain SHA-256, no HMAC: hex(sha256(timestamp + nonce + encrypt key + raw body)). */
function checkSignature({ request, secrets, now, tolerance }: CodeProviderInput): ResolvedSecret | NotVerified {
  const signature = requiredHeader(request, 'x-lark-signature');
  const timestamp = requiredHeader(request, 'x-lark-request-timestamp');
  const nonce = requiredHeader(request, 'x-lark-request-nonce');
  if (typeof signature !== 'string') return signature;
  if (typeof timestamp !== 'string') return timestamp;
  if (typeof nonce !== 'string') return nonce;
  const expected = decodeHex(signature, 32);
  if (!expected) {
    return refuse('SIGNATURE_MALFORMED', { places: ['header:x-lark-signature'], form: 'SHA-256, hex' });
  }
  const secret = findSecret(secrets, (key) => {
    const digest = createHash('sha256')
      .update(timestamp + nonce + key)
      .update(request.rawBody)
      .digest();
    return equalBytes(digest, expected);
  });
  if (!secret) {
    return noSecret(secrets) ?? refuse('SIGNATURE_MISMATCH');
  }
  return checkTime(readTime(timestamp), now, tolerance ?? TOLERANCE) ?? secret;
}

/** Unix seconds; some senders write Go's own form of a time: `2021-12-27 20:49:56.0000 +0800 CST m=+1.23`. */
function readTime(timestamp: string): number {
  if (/^\d{1,12}$/.test(timestamp)) {
    return Number(timestamp);
  }
  const go = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?) ([+-]\d{2})(\d{2})/.exec(timestamp);
  return go ? Date.parse(`${go[1]}T${go[2]}${go[3]}:${go[4]}`) / 1000 : NaN;
}

function open(
  encrypted: string,
  secrets: readonly ResolvedSecret[],
): { secret: ResolvedSecret; event: Json; plaintext: Buffer } | null {
  for (const secret of secrets.filter(({ value }) => value !== '')) {
    const plaintext = decryptEvent(secret.value, encrypted);
    const event = plaintext && parseJsonObject(plaintext);
    if (plaintext && event) {
      return { secret, event, plaintext };
    }
  }
  return null;
}

function challenge(event: Json, secretName: string | null): VerifyResult {
  if (typeof event.challenge !== 'string') {
    return refuse('MESSAGE_MALFORMED', { expected: 'challenge' });
  }
  const body = JSON.stringify({ challenge: event.challenge });
  const handshake = { kind: 'url_verification', status: 200, contentType: 'application/json', body };
  return { ok: true, secretName, deliveryId: null, handshake };
}

function accept(input: CodeProviderInput, event: Json, body: Buffer, secret: ResolvedSecret): VerifyResult {
  const id = headerOf(event).event_id ?? event.uuid;
  return (
    checkToken(input, event) ?? {
      ok: true,
      secretName: secret.name,
      deliveryId: typeof id === 'string' && id !== '' ? id : contentId(body),
      plaintext: { body, contentType: 'application/json' },
    }
  );
}

/** Version 2 events carry the token in `header`, version 1 events and challenges at the top. */
function checkToken(input: CodeProviderInput, event: Json): NotVerified | null {
  const expected = textOption(input, 'verificationToken');
  const token = headerOf(event).token ?? event.token;
  const matches = typeof token === 'string' && equalText(token, expected);
  return expected === '' || matches ? null : refuse('VALUE_MISMATCH', { place: 'json:token' });
}

function headerOf({ header }: Json): Json {
  return typeof header === 'object' && header !== null ? (header as Json) : {};
}

import { createHmac } from 'node:crypto';
import type { CodeProvider } from '../types';
import { decodeBase64, equalBytes, findSecret, noSecret, parseJsonObject, refuse } from './fields';

type Json = Record<string, unknown>;

/**
 * Adyen payment notifications: an item is signed by itself, over eight of its fields. In JSON there is one in a call,
 * and no more are taken: what stands beside what is signed by nobody, so that who has seen some could send them in ever
 * new company, each time under an id that hasn't come before.
 * https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures
 * https://docs.adyen.com/development-resources/webhooks/webhook-types
 */
export const adyen: CodeProvider = ({ request, secrets }) => {
  const list = parseJsonObject(request.rawBody)?.notificationItems;
  if (!Array.isArray(list) || list.length !== 1) {
    return refuse('MESSAGE_MALFORMED', { expected: 'notificationItems' });
  }
  const item = record(record(list[0])?.NotificationRequestItem);
  const fields = item && signedFields(item);
  const signature = item && signatureOf(item);
  if (!fields || !signature) {
    return refuse('MESSAGE_MALFORMED', { expected: 'hmacSignature' });
  }
  const content = fields.join(':');
  const matched = findSecret(secrets, (secret) => {
    const key = parseKey(secret);
    return key !== null && equalBytes(createHmac('sha256', key).update(content).digest(), signature);
  });
  if (!matched) {
    return noSecret(secrets) ?? refuse('SIGNATURE_MISMATCH');
  }
  return {
    ok: true,
    secretName: matched.name,
    // Adyen: a repeat has the same event code and reference. A later success of the same is no repeat.
    deliveryId: [fields[6], fields[0], fields[7]].join(':'),
    // What was verified is JSON in UTF-8, whatever a header says that nobody has signed.
    plaintext: { body: request.rawBody, contentType: 'application/json' },
    reply: { status: 200, contentType: 'text/plain', body: '[accepted]' },
  };
};

function parseKey(secret: string): Buffer | null {
  return /^(?:[0-9a-fA-F]{2})+$/.test(secret.trim()) ? Buffer.from(secret.trim(), 'hex') : null;
}

function signatureOf(item: Json): Buffer | null {
  const signature = record(item.additionalData)?.hmacSignature;
  const bytes = typeof signature === 'string' ? decodeBase64(signature) : null;
  return bytes?.length === 32 ? bytes : null;
}

/**
 * The eight fields in Adyen's order, as text; what is left out is empty. They are joined without escaping, so a colon
 * could move text from one to the next: only the merchant's own reference may have one, which keeps the join unique.
 */
function signedFields(item: Json): string[] | null {
  const amount = record(item.amount);
  const fields = [
    item.pspReference,
    item.originalReference,
    item.merchantAccountCode,
    item.merchantReference,
    amount?.value,
    amount?.currency,
    item.eventCode,
    item.success,
  ].map(asText);
  const whole = fields.every((field, index) => field !== null && (index === 3 || !field.includes(':')));
  return whole && fields[0] !== '' && fields[6] !== '' ? (fields as string[]) : null;
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

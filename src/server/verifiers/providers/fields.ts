import { createHash, timingSafeEqual } from 'node:crypto';
import { because, type ReasonCode, type ReasonGiven } from '../../../common/reasons/reason';
import { decodeText } from '../encoding';
import { parseUnverified } from '../../boundedJson';
import { readQuery, valuesOf } from '../formFields';
import type { CodeProviderInput, NotVerified, ResolvedSecret, VerifyRequest } from '../types';

/** A refusal with its reason, for the delivery log. */
export function refuse<C extends ReasonCode>(code: C, ...values: ReasonGiven<C>): NotVerified {
  return { ok: false, reason: because(code, ...values) };
}

/** An id for a delivery to which the provider gives none: the digest of what was signed. */
export function contentId(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A header's one value; a refusal if it is missing, empty, or there twice. */
export function requiredHeader({ headers }: Pick<VerifyRequest, 'headers'>, name: string): string | NotVerified {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (Array.isArray(value)) {
    return refuse('VALUE_REPEATED', { place: `header:${name}` });
  }
  return value ? value : refuse('VALUE_MISSING', { place: `header:${name}` });
}

/** A query parameter's one value, the first of `names` that is there; a refusal if it is missing, empty, or twice. */
export function requiredQuery({ url }: Pick<VerifyRequest, 'url'>, ...names: string[]): string | NotVerified {
  const query = readQuery(url);
  if (query === null) {
    return refuse('BODY_TOO_COMPLEX', { detail: 'fields' });
  }
  const name = names.find((candidate) => query.some(([found]) => found === candidate));
  const [value, ...more] = name === undefined ? [] : valuesOf(query, name);
  if (more.length > 0) {
    return refuse('VALUE_REPEATED', { place: `query:${name}` });
  }
  return value ? value : refuse('VALUE_MISSING', { place: `query:${names[0]}` });
}

/** JSON out of UTF-8 bytes; undefined if it isn't any. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return parseUnverified(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** A JSON object out of UTF-8 bytes; null if it is anything else. Its keys are without a prototype's. */
export function parseJsonObject(bytes: Buffer): Record<string, unknown> | null {
  const value = parseJson(bytes);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Not copied: it may have many names.
      Object.setPrototypeOf(value, null)
    : null;
}

/** A text setting; empty if it isn't set. */
export function textOption({ options }: Pick<CodeProviderInput, 'options'>, name: string): string {
  const value = Object.hasOwn(options, name) ? options[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
}

/** A setting that may hold several values: a list, or a text with spaces or commas between. */
export function listOption({ options }: Pick<CodeProviderInput, 'options'>, name: string): string[] {
  const value = Object.hasOwn(options, name) ? options[name] : undefined;
  return [value]
    .flat()
    .flatMap((item) => (typeof item === 'string' ? item.split(/[\s,]+/) : []))
    .filter((item) => item !== '');
}

/** Compares in a time that doesn't depend on where the two differ; lengths may be told apart. */
export function equalBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The bytes of a hex text of exactly that many bytes; null if it isn't one. */
export function decodeHex(text: string, bytes: number): Buffer | null {
  return text.length === bytes * 2 ? decodeText(text, 'hex') : null;
}

/** The bytes of a padded base64 text; null if it isn't one, or is longer than any signature. */
export function decodeBase64(text: string): Buffer | null {
  return decodeText(text, 'base64');
}

/** The secret that proves it; every one is tried, so that the time doesn't tell which. Empty ones never match. */
export function findSecret(
  secrets: readonly ResolvedSecret[],
  matches: (secret: string) => boolean,
): ResolvedSecret | undefined {
  return secrets.filter(({ value }) => value !== '' && matches(value))[0];
}

/** Why there is nothing to compare with, or null. */
export function noSecret(secrets: readonly ResolvedSecret[]): NotVerified | null {
  return secrets.some(({ value }) => value !== '') ? null : refuse('SECRET_NOT_SET');
}

/** Refuses a time (unix seconds) that is off by more than the tolerance, either way; 0 switches the check off. */
export function checkTime(signedAt: number, now: number, tolerance: number): NotVerified | null {
  const off = Math.abs(now - signedAt);
  if (tolerance === 0 || off <= tolerance) {
    return null;
  }
  return Number.isFinite(off)
    ? refuse('TIMESTAMP_OUT_OF_TOLERANCE', {
        seconds: Math.round(off),
        tolerance,
        detail: signedAt < now ? 'ago' : 'ahead',
      })
    : refuse('TIMESTAMP_MISSING');
}

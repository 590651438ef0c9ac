import { createHash } from 'node:crypto';
import type { DedupeConfig } from '../../../common/config';
import { isKnownByBody } from '../../../common/coverage';
import { findProvider } from '../../../common/providers';
import { parseSource, parseSources, type RequestSources } from '../../../common/requestSource';
import { dataWithoutCredentials } from '../../credentials/body';
import type { Parsed } from '../../pipeline/types';
import { bodyDigest, requestValue } from '../../requestValue';
import { isDeliveryIdSigned } from '../../../common/signedId';
import type { DedupeKey, OtherBody } from '../model/dedupe';
import { redactHeaders, redactQuery } from '../model/redaction';

/** A value as long as that is no key. */
const MAX_KEY = 1_000;

/**
 * What tells a repeat of this delivery from another one, by the webhook's setting; null: nothing does, so it is taken
 * for a new one.
 */
export function dedupeOf(delivery: Parsed, setting: DedupeConfig): DedupeKey | null {
  const key = dedupeKeyOf(delivery, setting);
  if (key === null) {
    return null;
  }
  const digest = contentDigest(delivery);
  const otherBody = otherBodyOf(delivery, setting);
  const apart = otherBody === 'new' ? [digest] : hasLost(key) ? [digest, delivery.search] : [];
  const slot = dedupeSlotOf(delivery.endpoint.key, key, ...apart);
  return { key: shownKey(delivery, setting) ?? key, slot, bodyDigest: digest, otherBody };
}

/** What made no character reads like all else that made none: by itself it tells nothing apart. */
function hasLost(key: string): boolean {
  return key.includes('\ufffd');
}

/** Of a call without a body, its query is what it says; where nothing verifies the sender, that counts in its place. */
function contentDigest(delivery: Parsed): string {
  const { endpoint, rawBody, search } = delivery;
  return rawBody.length === 0 && endpoint.config.auth.type === 'none'
    ? createHash('sha256').update(search).digest('hex')
    : bodyDigest(delivery);
}

/** The key as the log keeps it: without a credential that a maker told repeats by. */
function shownKey(delivery: Parsed, { key }: DedupeConfig): string | null {
  const source = parseSource(key);
  if (!source || source.place === 'body') {
    return null;
  }
  const { auth } = delivery.endpoint.config;
  return requestValue(
    {
      ...delivery,
      headers: redactHeaders(delivery.headers, auth),
      query: redactQuery(delivery.query, auth),
      data: dataWithoutCredentials(delivery.data, auth),
    },
    source,
  );
}

/** The value that tells repeats; null: there is none, or it is too long for one. */
export function dedupeKeyOf(delivery: Parsed, { key }: DedupeConfig): string | null {
  const sources = parseSources(key);
  const value = sources ? valueOf(delivery, sources) : (delivery.verification.deliveryId ?? bodyAsId(delivery));
  return value === null || value === '' || value.length > MAX_KEY ? null : value;
}

/** Of a provider that signs the whole body and gives this one no id: without one, a copy could be sent again and again. */
function bodyAsId(delivery: Parsed): string | null {
  const { auth } = delivery.endpoint.config;
  const provider = auth.type === 'provider' ? findProvider(auth.provider) : undefined;
  return provider && isKnownByBody(provider) ? requestValue(delivery, { place: 'body' }) : null;
}

/** What is unique in the database while the window lasts: one per webhook and key, of one length. */
export function dedupeSlotOf(workflowKey: string, ...parts: (string | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([workflowKey, ...parts.filter((part) => part !== undefined)]))
    .digest('hex');
}

/** Several count by their digest; where none of them is there, there is nothing to tell by. */
function valueOf(delivery: Parsed, sources: RequestSources): string | null {
  if (sources.place !== 'fields') {
    return requestValue(delivery, sources);
  }
  const values = sources.fields.map((field) => requestValue(delivery, field));
  return values.some((value) => value !== null)
    ? createHash('sha256').update(JSON.stringify(values)).digest('hex')
    : null;
}

/**
 * An id that the provider signed belongs to what it signed; an unsigned one could come with anything. A key that the
 * sender gives to each call stands for one call (draft-ietf-httpapi-idempotency-key-header-06, section 2.2); one that is
 * part of what was sent tells repeats whatever else differs, such as a count of attempts.
 */
function otherBodyOf({ endpoint, rawBody }: Parsed, { key }: DedupeConfig): OtherBody {
  if (key === '') {
    return isDeliveryIdSigned(endpoint.config.auth) ? 'repeat' : 'new';
  }
  // A key in the query of a call without a body stands beside all else that it says.
  const isKeyOfCall = key.startsWith('header:') || (key.startsWith('query:') && rawBody.length > 0);
  return isKeyOfCall ? 'refused' : 'repeat';
}

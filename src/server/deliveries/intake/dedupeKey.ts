import { createHash } from 'node:crypto';
import type { DedupeConfig } from '../../../common/config';
import { parseSource, parseSources } from '../../../common/requestSource';
import { placeOf } from '../../../common/requestVariables';
import { dataWithoutCredentials } from '../../credentials/body';
import type { Parsed } from '../../pipeline/types';
import { bodyDigest, requestValue, requestValues } from '../../requestValue';
import { hasLost } from '../../textDigest';
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
  const apart = hasLost(key) ? [digest, delivery.search] : otherBody === 'new' ? [digest] : [];
  const slot = dedupeSlotOf(delivery.endpoint.key, key, ...apart);
  return { key: shownKey(delivery, setting) ?? key, slot, bodyDigest: digest, otherBody };
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
  const value = sources ? requestValues(delivery, sources) : delivery.verification.deliveryId;
  return value === null || value === '' || value.length > MAX_KEY ? null : value;
}

/** What is unique in the database while the window lasts: one per webhook and key, of one length. */
export function dedupeSlotOf(workflowKey: string, ...parts: (string | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([workflowKey, ...parts.filter((part) => part !== undefined)]))
    .digest('hex');
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
  const place = placeOf(key, endpoint.variables);
  const isKeyOfCall = place === 'header' || (place === 'query' && rawBody.length > 0);
  return isKeyOfCall ? 'refused' : 'repeat';
}

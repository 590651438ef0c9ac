import { isUtf8 } from 'node:buffer';
import { REDACTED, type BodyEncoding } from '../../../common/deliveries';
import type { Accepted, Answer, Deduped } from '../../pipeline/types';
import { bodyWithoutCredentials } from '../../credentials/body';
import { foreignText } from '../../parsers';
import { MAX_UNPROVEN_BODY, redactorOf } from '../../redaction';
import { boundedRecord, cut, unverifiedQuery } from './bounded';
import { redactHeaders, redactQuery } from './redaction';
import type { DeliveryRow, KeptAnswer } from './delivery';

/** A request that has found its webhook, however far it came then. */
export type Seen = Accepted & Partial<Deduped>;

const DAY_MS = 86_400_000;

/** Of a request that anybody can have sent, so much is kept: bytes of JSON, and characters of the path. */
const UNPROVEN = { headers: 4_096, query: 2_048, params: 1_024, path: 1_024, contentType: 200 };

/** A reason may quote what was sent. */
const MAX_REASON = 2_000;

/** A request as it is written down. */
export function rowOf(delivery: Seen, fields: Pick<DeliveryRow, 'status'> & Partial<DeliveryRow>): DeliveryRow {
  const { endpoint, deliveryId, receivedAt, headers, verification } = delivery;
  const { config } = endpoint;
  const redactor = redactorOf(delivery);
  const contentType = verification?.plaintext?.contentType ?? headers['content-type'];
  return {
    id: deliveryId,
    key: endpoint.key,
    workflowId: endpoint.workflowId,
    executionId: null,
    executionIds: null,
    reason: null,
    method: delivery.method,
    path: redactor.text(delivery.path),
    ip: delivery.ip,
    params: redactor.value(delivery.params),
    query: redactor.value(redactQuery(delivery.query ?? {}, config.auth)),
    headers: redactor.value(redactHeaders(headers, config.auth)),
    contentType: typeof contentType === 'string' ? redactor.text(contentType) : null,
    ...storedBody(delivery, typeof contentType === 'string' ? contentType : null),
    context: null,
    provider: config.auth.type === 'provider' ? config.auth.provider : null,
    event: delivery.event ? redactor.text(delivery.event) : null,
    secretName: verification?.secretName ?? null,
    dedupeKey: delivery.dedupe ? redactor.text(delivery.dedupe.key) : null,
    dedupeSlot: null,
    bodyDigest: null,
    replayOf: null,
    orderKey: null,
    owner: null,
    onInterruption: null,
    retry: null,
    attempts: 0,
    nextAttemptAt: null,
    takeovers: 0,
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    responseEncoding: null,
    repeatAnswer: null,
    erasedAt: null,
    receivedAt,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    expiresAt: new Date(receivedAt.getTime() + config.record.retentionDays * DAY_MS),
    ...fields,
  };
}

/** The row of a delivery that started nothing; of one that anybody can have sent, with a bounded part of the request. */
export function endedRow(
  delivery: Seen,
  fields: Pick<DeliveryRow, 'status' | 'reason' | 'responseStatus'> & Partial<DeliveryRow>,
): DeliveryRow {
  const finishedAt = new Date();
  const row = rowOf(delivery, {
    finishedAt,
    durationMs: finishedAt.getTime() - delivery.receivedAt.getTime(),
    ...fields,
    reason: fields.reason && cut(fields.reason, MAX_REASON),
  });
  return isUnproven(delivery) ? { ...row, ...boundedPart(delivery, row) } : row;
}

/** Whether a request can have come from anybody: its sender isn't verified, or nothing verifies senders here. */
export function isUnproven({ verification, endpoint }: Seen): boolean {
  return !verification || verification.handshake !== undefined || endpoint.config.auth.type === 'none';
}

function boundedPart(delivery: Seen, row: DeliveryRow): Partial<DeliveryRow> {
  const query = delivery.query ? row.query : queryOfUnverified(delivery);
  const hasRoom = (row.body?.length ?? 0) <= MAX_UNPROVEN_BODY;
  return {
    path: cut(row.path, UNPROVEN.path),
    params: boundedRecord(row.params, UNPROVEN.params),
    headers: boundedRecord(row.headers, UNPROVEN.headers),
    query: boundedRecord(query, UNPROVEN.query),
    contentType: row.contentType && cut(row.contentType, UNPROVEN.contentType),
    ...(hasRoom ? {} : { body: null, bodyEncoding: null }),
  };
}

/** It was refused before its query was parsed. */
function queryOfUnverified(delivery: Seen): Record<string, unknown> {
  const query = unverifiedQuery(delivery.search, UNPROVEN.query, REDACTED);
  return redactorOf(delivery).value(redactQuery(query, delivery.endpoint.config.auth));
}

/** What a delivery takes in memory while it waits, in bytes, roughly. */
export function weightOf(row: DeliveryRow): number {
  return 1_000 + (row.body?.length ?? 0) + 2 * (row.context?.length ?? 0);
}

/** The bytes of a stored body; null: none was stored. */
export function bodyBytes({ body, bodyEncoding }: Pick<DeliveryRow, 'body' | 'bodyEncoding'>): Buffer | null {
  return body === null || bodyEncoding === null ? null : Buffer.from(body, bodyEncoding);
}

/** More of an answer is not kept for duplicates. */
const MAX_ANSWER = 1 << 20;

/** An answer as it is kept; null: it is too long. */
export function keptAnswer({ status, headers, body }: Answer): KeptAnswer | null {
  const kept = keptBody(body);
  return (
    kept && { status, headers, body: kept.body, ...(kept.encoding === 'base64' ? { encoding: kept.encoding } : {}) }
  );
}

/** A kept answer as it goes out once more. */
export function answerOfKept({ status, headers, body, encoding }: KeptAnswer): Answer {
  return { status, headers, body: encoding === 'base64' ? Buffer.from(body, encoding) : body };
}

/** The columns of an answer's body; empty: it is too long to be kept. */
export function responseBody(body: Answer['body']): Pick<DeliveryRow, 'responseBody' | 'responseEncoding'> {
  const kept = keptBody(body);
  return { responseBody: kept?.body ?? null, responseEncoding: kept?.encoding ?? null };
}

function keptBody(body: string | Buffer): { body: string; encoding: BodyEncoding } | null {
  const text = typeof body === 'string' ? body : isUtf8(body) ? body.toString('utf8') : null;
  // PostgreSQL takes no NUL in a text.
  const isText = text !== null && !text.includes('\0');
  const kept = isText ? text : Buffer.from(body).toString('base64');
  return kept.length > MAX_ANSWER ? null : { body: kept, encoding: isText ? 'utf8' : 'base64' };
}

function storedBody(
  delivery: Seen,
  contentType: string | null,
): { body: string | null; bodyEncoding: BodyEncoding | null } {
  const { endpoint, verification, rawBody, withoutFiles } = delivery;
  // Files are where NocoBase keeps files; once more in here they would only be in the way.
  const received = withoutFiles ?? verification?.plaintext?.body ?? rawBody;
  const isTooLong = verification?.handshake !== undefined && (received?.length ?? 0) > MAX_UNPROVEN_BODY;
  if (!endpoint.config.record.bodies || !verification || !received || received.length === 0 || isTooLong) {
    return { body: null, bodyEncoding: null };
  }
  const redactor = redactorOf(delivery);
  const bytes = bodyWithoutCredentials(redactor.body(received), endpoint.config.auth);
  // A credential that its bytes don't show, such as one in UTF-32.
  const text = redactor.isEmpty ? null : foreignText(bytes, contentType, endpoint.config.body);
  if (text !== null && redactor.text(text) !== text) {
    return { body: null, bodyEncoding: null };
  }
  // PostgreSQL takes no NUL in a text.
  return isUtf8(bytes) && !bytes.includes(0)
    ? { body: bytes.toString('utf8'), bodyEncoding: 'utf8' }
    : { body: bytes.toString('base64'), bodyEncoding: 'base64' };
}

import { isUtf8 } from 'node:buffer';
import type { BodyEncoding } from '../../../common/deliveries';
import type { Accepted, Deduped } from '../../pipeline/types';
import { bodyWithoutCredentials } from '../../credentials';
import { redactorOf } from '../../redaction';
import { storableText } from '../../storableText';
import { redactHeaders, redactQuery } from './redaction';
import type { DeliveryRow } from './delivery';

/** A request that has found its webhook, however far it came then. */
export type Seen = Accepted & Partial<Deduped>;

const DAY_MS = 86_400_000;

/** A request as it is written down. What a refused one sent is kept only if its sender was verified. */
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
    reason: null,
    method: delivery.method,
    path: storableText(redactor.text(delivery.path)),
    ip: delivery.ip,
    params: redactor.value(delivery.params),
    query: redactor.value(redactQuery(delivery.query ?? {}, config.auth)),
    headers: redactor.value(redactHeaders(headers, config.auth)),
    contentType: typeof contentType === 'string' ? storableText(contentType) : null,
    ...storedBody(delivery),
    context: null,
    provider: config.auth.type === 'provider' ? config.auth.provider : null,
    secretName: verification?.secretName ?? null,
    dedupeKey: delivery.dedupe?.key ?? null,
    dedupeSlot: null,
    bodyDigest: null,
    replayOf: null,
    owner: null,
    attempts: 0,
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    receivedAt,
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    expiresAt: new Date(receivedAt.getTime() + config.record.retentionDays * DAY_MS),
    ...fields,
  };
}

/** The row of a delivery that started nothing. */
export function endedRow(
  delivery: Seen,
  fields: Pick<DeliveryRow, 'status' | 'reason' | 'responseStatus'> & Partial<DeliveryRow>,
): DeliveryRow {
  const finishedAt = new Date();
  return rowOf(delivery, { finishedAt, durationMs: finishedAt.getTime() - delivery.receivedAt.getTime(), ...fields });
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

/** An answer's body as it is kept; null: it is no text, or too long. */
export function answerText(body: string | Buffer): string | null {
  const text = typeof body === 'string' ? body : isUtf8(body) ? body.toString('utf8') : null;
  return text === null || text.length > MAX_ANSWER ? null : storableText(text);
}

function storedBody(delivery: Seen): { body: string | null; bodyEncoding: BodyEncoding | null } {
  const { endpoint, verification, rawBody, uploads = [] } = delivery;
  const received = verification?.plaintext?.body ?? rawBody;
  // Files are where NocoBase keeps files; once more in here they would only be in the way.
  if (!endpoint.config.record.bodies || !verification || !received || received.length === 0 || uploads.length > 0) {
    return { body: null, bodyEncoding: null };
  }
  const bytes = bodyWithoutCredentials(redactorOf(delivery).body(received), endpoint.config.auth);
  // PostgreSQL takes no NUL in a text.
  return isUtf8(bytes) && !bytes.includes(0)
    ? { body: bytes.toString('utf8'), bodyEncoding: 'utf8' }
    : { body: bytes.toString('base64'), bodyEncoding: 'base64' };
}

// Framework-free: what the delivery log is made of, for the server and both clients.

/** The collection that is inbox, audit log, dedupe index and source for replay in one. */
export const DELIVERIES_COLLECTION = 'webhookDeliveries';

/**
 * Where a delivery stands. `received` → `started` → one of the finished ones; or, with nothing started,
 * one of the last three.
 */
export const DELIVERY_STATUSES = [
  'received',
  'started',
  'succeeded',
  'failed',
  'timedOut',
  'interrupted',
  'cancelled',
  'rejected',
  'ignored',
  'duplicate',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Those that still have something before them: retention leaves them alone. */
export const OPEN_STATUSES: readonly DeliveryStatus[] = ['received', 'started'];

/** Those of a run that came to nothing: what repeats of them do is a setting. */
export const FAILED_STATUSES: readonly DeliveryStatus[] = ['failed', 'timedOut', 'interrupted', 'cancelled'];

/** How a run can have ended that a maker may have tried again. */
export const RETRIED_STATUSES = ['failed', 'timedOut', 'interrupted'] as const;
export type RetriedStatus = (typeof RETRIED_STATUSES)[number];

/** What a repeat of a failed run does: it runs again, or is answered as that one was. */
export const FAILED_REPEAT_POLICIES = ['rerun', 'answer'] as const;
export type FailedRepeatPolicy = (typeof FAILED_REPEAT_POLICIES)[number];

/** What becomes of a run that was cut off half-way: it is gone on with, or marked and left. */
export const INTERRUPTION_POLICIES = ['resume', 'mark'] as const;
export type InterruptionPolicy = (typeof INTERRUPTION_POLICIES)[number];

/** How the stored body is written down: as the text that it is, or in base64. */
export type BodyEncoding = 'utf8' | 'base64';

/** What stands in the log in place of a credential. */
export const REDACTED = '[redacted]';

/** The least id that a delivery of this time can have, in milliseconds since 1970: UUIDs of version 7 begin with it. */
export function firstIdAt(time: number): string {
  const hex = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

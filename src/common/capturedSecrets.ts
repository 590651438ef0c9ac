// Framework-free: what the panel and the server say to each other about secrets that a service handed over.

import type { WebhookAuth } from './auth';
import { handshakesOf } from './schemeOfAuth';

/** NocoBase resource with the actions `list`, `confirm` and `discard`; and the table. */
export const CAPTURED_SECRETS = 'webhookCapturedSecrets';

/** So many of a webhook wait to be confirmed, at most. */
export const MAX_UNCONFIRMED = 10;

/** So many of a webhook are confirmed, at most: a call is tried with every one of them. */
export const MAX_CONFIRMED = 20;

/** How long a captured secret is shown, so that it can be typed into the service's own form: a day, in milliseconds. */
export const SHOWN_FOR = 86_400_000;

/** A secret that came in a handshake. */
export interface CapturedSecret {
  id: string;
  /** ISO 8601: when it came last. */
  capturedAt: string;
  /** The address that it came from last; empty: it can't be told. */
  ip: string;
  /** ISO 8601: since when it verifies calls; null: it verifies none. */
  confirmedAt: string | null;
  /** Earlier ones, unconfirmed, whose place it took. */
  replaced: number;
  /** In clear, for a day after it came; null: not any more, or it can't be read. */
  secret: string | null;
  /** What it is used for ({@link secretUse}): it counts only in settings of the same use. */
  use: string[];
}

/** Whether a service that is verified like this hands its secret over in a handshake. */
export function capturesSecrets(auth: WebhookAuth): boolean {
  return Boolean(handshakesOf(auth).some(({ capture }) => capture));
}

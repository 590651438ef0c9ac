// Framework-free: what the page of all webhooks shows of each.

import type { WebhookAuth } from './auth';

/** How a webhook stands: the first that is so, in this order. */
export const WEBHOOK_STATES = [
  /** Its workflow is gone; there were calls to it. */
  'deleted',
  /** It is off, and another one has its path meanwhile. */
  'pathTaken',
  'off',
  /** It is on, and its settings can't be used. */
  'invalid',
  /** Every call is refused: there is nothing yet to verify it with, */
  'needsSecret',
  /** or a secret that this server can't read. */
  'secretUnreadable',
  'paused',
  /** It was called on most of the seven days before, and not for a day now. */
  'silent',
  'on',
] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** Those that somebody has to do something about. */
export const STATES_TO_DO: readonly WebhookState[] = [
  'pathTaken',
  'invalid',
  'needsSecret',
  'secretUnreadable',
  'paused',
  'silent',
];

/** Calls within an hour: accepted, refused, and runs that failed. */
export type OverviewBar = [accepted: number, refused: number, failed: number];

export const OVERVIEW_HOURS = 24;

/** So many webhooks are shown at most, and so many waiting deliveries of each counted. */
export const MAX_WEBHOOKS = 1_000;
export const MAX_WAITING = 1_000;

export interface WebhookOverview {
  /** The workflow key. */
  key: string;
  /** The current version; null: it is deleted. */
  workflowId: number | string | null;
  /** The key, where it is deleted. */
  title: string;
  state: WebhookState;
  /** Whether its deliveries are held back; null: calls don't find it. */
  paused: boolean | null;
  sync: boolean;
  auth: WebhookAuth['type'] | null;
  /** Id of the provider's row; null: the caller is none of those. */
  provider: string | null;
  /** The custom path; empty: none. */
  path: string;
  /** The chosen ones; null: all. */
  events: string[] | null;
  /** Hours in a row, the last one under way. */
  bars: OverviewBar[];
  /** Of those hours: calls that were let in or refused, */
  calls: number;
  refused: number;
  /** among them those whose sender could not be verified, */
  unverified: number;
  /** and runs that failed. */
  failed: number;
  /** From arrival to answer, in milliseconds; null: there was none. */
  p95: number | null;
  /** Milliseconds since 1970; null: none that is still known. */
  lastCallAt: number | null;
  /** What is stored and not started; {@link MAX_WAITING}: so many or more. */
  waiting: number;
  oldestWaitingAt: number | null;
}

/** What `webhookEndpoints:overview` answers. */
export interface Overview {
  /** By the server's clock, in milliseconds since 1970. */
  now: number;
  /** When the first bar begins, in milliseconds since 1970. */
  from: number;
  webhooks: WebhookOverview[];
  /** How many there are; more than are shown only beyond {@link MAX_WEBHOOKS}. */
  count: number;
}

// Framework-free: read by the server and by both clients.

/** The methods that a maker can choose from. `HEAD` goes with `GET` and is never chosen by itself. */
export const WEBHOOK_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export type WebhookMethod = (typeof WEBHOOK_METHODS)[number];

/** Tells whether `value` is one of {@link WEBHOOK_METHODS}. */
export function isWebhookMethod(value: unknown): value is WebhookMethod {
  return (WEBHOOK_METHODS as readonly unknown[]).includes(value);
}

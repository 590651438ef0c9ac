import type { Endpoint } from '../../endpoints/Endpoint';
import type { WebhookQueue } from './WebhookQueue';

/** So many of a webhook are started ahead of their turn, so that one commit serves many. */
const AHEAD = 64;

/** How many background runs of a webhook may have a place at once; of one that is disabled by now, one. */
export function concurrencyOf(endpoint: Endpoint | undefined): number {
  return endpoint?.config.concurrency ?? 1;
}

/**
 * How many of a webhook may be started now. Ahead of their turn only where nothing depends on when exactly
 * a run began: a time-out counts from there, and a run that is marked when cut off must have begun.
 */
export function capacityOf(queue: WebhookQueue, { config, workflow }: Endpoint): number {
  if (!queue.isOwned || queue.isPaused || !queue.hasWork) {
    return 0;
  }
  const mayWait = config.onInterruption === 'resume' && !(Number(workflow.options?.timeout) > 0);
  if (!mayWait) {
    return config.concurrency - queue.readyCount - queue.placesTaken;
  }
  // Refilled when half of it is gone: a commit for each one would cost what it was to save.
  return queue.readyCount > AHEAD / 2 ? 0 : AHEAD + config.concurrency - queue.readyCount;
}

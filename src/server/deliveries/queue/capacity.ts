import type { Endpoint } from '../../endpoints/Endpoint';
import { orderOf } from '../model/order';
import type { WebhookQueue } from './WebhookQueue';

/** How many background runs of a webhook may have a place at once; of one that is disabled by now, one. */
export function concurrencyOf(endpoint: Endpoint | undefined): number {
  return endpoint?.config.concurrency ?? 1;
}

/**
 * How many of a webhook may be claimed now. Ahead of their turn only where nothing depends on when exactly
 * a run began: a time-out counts from there, and a run that is marked when cut off must have begun; and only where none waits
 * for the one before it to be tried again.
 */
export function capacityOf(queue: WebhookQueue, endpoint: Endpoint): number {
  const { config, workflow } = endpoint;
  if (!queue.isOwned || queue.isPaused || queue.isPuttingBack || queue.isBlocked || !queue.hasWork) {
    return 0;
  }
  const order = orderOf(endpoint);
  // One that fails comes before what is behind it once more.
  const comesAgain = order === 'arrival' && (config.retry !== null || queue.mayComeAgain);
  const mayWait = config.onInterruption === 'resume' && !(Number(workflow.options?.timeout) > 0) && !comesAgain;
  const ahead = mayWait ? queue.ahead : 0;
  // Refilled when half of it is gone: a commit for each one would cost what it was to save.
  const ready = order === 'arrival' ? queue.readyCount : queue.readyForPlace;
  return ready > ahead / 2 ? 0 : config.concurrency + ahead - queue.placesTaken - ready;
}

/** Whether what was claimed of a webhook and has not begun may begin: it is as it was then. */
export function mayBegin(queue: WebhookQueue, endpoint: Endpoint | undefined): boolean {
  const run = queue.firstFresh?.run;
  if (!run || !endpoint || !queue.isOwned || queue.isPaused) {
    return false;
  }
  const workflowId = run.kind === 'new' ? run.execution.workflowId : run.kind === 'stored' ? run.workflowId : null;
  return workflowId === null || String(workflowId) === String(endpoint.workflowId);
}

import type { Endpoint } from '../../endpoints/Endpoint';
import type { WebhookQueue } from './WebhookQueue';

/** How many background runs of a webhook may have a place at once; of one that is disabled by now, one. */
export function concurrencyOf(endpoint: Endpoint | undefined): number {
  return endpoint?.config.concurrency ?? 1;
}

/**
 * How many of a webhook may be claimed now. Ahead of their turn only where nothing depends on when exactly
 * a run began: a time-out counts from there, and a run that is marked when cut off must have begun.
 */
export function capacityOf(queue: WebhookQueue, { config, workflow }: Endpoint): number {
  if (!queue.isOwned || queue.isPaused || queue.isPuttingBack || !queue.hasWork) {
    return 0;
  }
  const mayWait = config.onInterruption === 'resume' && !(Number(workflow.options?.timeout) > 0);
  const ahead = mayWait ? queue.ahead : 0;
  // Refilled when half of it is gone: a commit for each one would cost what it was to save.
  return queue.readyCount > ahead / 2 ? 0 : config.concurrency + ahead - queue.placesTaken - queue.readyCount;
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

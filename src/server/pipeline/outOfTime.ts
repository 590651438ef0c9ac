import type { SyncTimeoutStatus } from '../../common/config';
import { WebhookError } from '../../common/errors';
import type { Answer } from './types';

/**
 * What the caller of a run that isn't done in time is told, as its webhook is set: with 202 that it was taken, and which
 * delivery tells what becomes of it; else it is refused with `WORKFLOW_TIMEOUT`. Throws any other error as it is.
 * @param deliveryId of the delivery that was started
 */
export function outOfTime(error: unknown, deliveryId: string, status: SyncTimeoutStatus): Answer {
  if (!(error instanceof WebhookError) || error.code !== 'WORKFLOW_TIMEOUT') {
    throw error;
  }
  if (status === 202) {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return { status, headers, body: JSON.stringify({ deliveryId }) };
  }
  throw new WebhookError('WORKFLOW_TIMEOUT', { ...error.options, status });
}

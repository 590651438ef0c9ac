import { EXECUTION_REASON, EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import type { Outcome } from '../model/delivery';

/** Why what waits of a workflow that was deleted ends. */
export const WORKFLOW_DELETED = 'its workflow was deleted';

/** The end of a run that failed for a reason which its execution doesn't tell. */
export function withFault(end: Outcome, fault: string): Outcome {
  return end.status === 'succeeded' || end.status === 'failed' ? { ...end, status: 'failed', reason: fault } : end;
}

/** What an execution's end means for its delivery; null: it has not ended. */
export function outcomeOf(
  id: string,
  {
    id: executionId,
    status,
    reason,
  }: { id: number | string; status: number | null | undefined; reason?: string | null },
): Outcome | null {
  if (status === null || status === undefined || status === EXECUTION_STATUS.STARTED) {
    return null;
  }
  if (status === EXECUTION_STATUS.RESOLVED) {
    return { id, executionId, status: 'succeeded', reason: null };
  }
  if (status === EXECUTION_STATUS.ABORTED && reason === EXECUTION_REASON.TIMEOUT) {
    return { id, executionId, status: 'timedOut', reason: 'the workflow took longer than its own time-out' };
  }
  if (status === EXECUTION_STATUS.ABORTED && reason === EXECUTION_REASON.MANUAL_CANCEL) {
    return { id, executionId, status: 'cancelled', reason: 'cancelled while it ran' };
  }
  const name = Object.entries(EXECUTION_STATUS).find(([, value]) => value === status)?.[0] ?? String(status);
  return { id, executionId, status: 'failed', reason: `execution ended as ${name}${reason ? ` (${reason})` : ''}` };
}

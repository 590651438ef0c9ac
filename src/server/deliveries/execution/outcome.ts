import { EXECUTION_REASON, EXECUTION_STATUS } from '@nocobase/plugin-workflow';
import type { Outcome } from '../model/delivery';
import { because } from '../../../common/reasons/reason';

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
    return { id, executionId, status: 'timedOut', reason: because('RUN_TIMED_OUT') };
  }
  if (status === EXECUTION_STATUS.ABORTED && reason === EXECUTION_REASON.MANUAL_CANCEL) {
    return { id, executionId, status: 'cancelled', reason: because('RUN_CANCELLED') };
  }
  const state = `${stateOf(status)}${reason ? ` (${reason})` : ''}`;
  const why = because('RUN_FAILED', { state });
  return { id, executionId, status: 'failed', reason: why };
}

/** What the engine calls a status of an execution. */
export function stateOf(status: number | null | undefined): string {
  return Object.entries(EXECUTION_STATUS).find(([, value]) => value === status)?.[0] ?? String(status);
}
